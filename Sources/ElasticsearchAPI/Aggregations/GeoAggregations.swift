internal import JSON
internal import Mapping
internal import Query

extension AggregationDecoder {
    func geoGrid(_ name: AggregationName, _ body: Body) throws(ParseError) -> GeoGridAggregation {
        var grid = GeoGridAggregation(field: "", grid: name == .geohashGrid ? .geohash(precision: 5) : .tile(zoom: 7))
        var target: String?
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "precision": grid.grid = try precision(field, isHash: name == .geohashGrid)
            case "size": grid.size = try body.aboveZero(field)
            case "shard_size": grid.shardSize = try field.count()
            case "bounds": grid.bounds = try queries.box(field)
            default: throw body.unknown(field, ["field", "precision", "size", "shard_size", "bounds"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        grid.field = target
        return grid
    }

    /// A number of characters or a zoom; of geohashes also a length, whose cells are no longer.
    private func precision(_ field: Field, isHash: Bool) throws(ParseError) -> GeoGrid {
        if isHash, field.element.kind == .string, Int(try field.string()) == nil {
            guard let metres = DistanceUnit.metres(try field.string()) else {
                throw .argument("precision [\(try field.string())] is no distance", at: field.path)
            }
            return .geohash(precision: Self.lengths.firstIndex { $0 <= metres }.map { $0 + 1 } ?? 12)
        }
        let precision = try field.int()
        if isHash {
            guard (1...12).contains(precision) else {
                throw .argument("Invalid geohash aggregation precision of \(precision). Must be between 1 and 12.", at: field.path)
            }
            return .geohash(precision: precision)
        }
        guard (0...29).contains(precision) else {
            throw .argument("Invalid geotile_grid precision of \(precision). Must be between 0 and 29.", at: field.path)
        }
        return .tile(zoom: precision)
    }

    /// The longer side of the cells of each precision at the equator, in metres.
    private static let lengths: [Double] = (1...12).map { precision in
        let bits = 5 * precision, circumference = 40_075_016.68557849
        let width = circumference / Double(1 << ((bits + 1) / 2)), height = circumference / 2 / Double(1 << (bits / 2))
        return Swift.max(width, height)
    }

    func geoDistance(_ body: Body) throws(ParseError) -> GeoDistanceAggregation {
        var target: String?, origin: GeoPoint?, unit = 1.0, isKeyed = false
        var ranges: [(key: String?, from: Double?, to: Double?)] = []
        for field in try body.members() {
            switch field.name {
            case "field": target = try field.string()
            case "origin", "center", "point", "por": origin = try queries.point(field.value, "origin")
            case "unit":
                guard let metres = DistanceUnit.metres("1", unit: try field.string()) else {
                    throw .argument("No distance unit match [\(try field.string())]", at: field.path)
                }
                unit = metres
            case "distance_type": _ = try field.string()
            case "keyed": isKeyed = try field.bool()
            case "ranges":
                guard let elements = field.value.elements else { throw field.unexpected }
                for element in elements { ranges.append(try distanceRange(element)) }
            default: throw body.unknown(field, ["field", "origin", "unit", "distance_type", "keyed", "ranges"])
            }
        }
        guard let target else { throw requiredField(body.field) }
        guard let origin else { throw .argument("Aggregation [\(body.aggregation)] must define an [origin].", at: body.path) }
        guard !ranges.isEmpty else {
            throw .argument("No [ranges] specified for the [\(body.aggregation)] aggregation", at: body.path)
        }
        return GeoDistanceAggregation(field: target, origin: origin, unit: unit, ranges: ranges, isKeyed: isKeyed)
    }

    private func distanceRange(_ node: Node) throws(ParseError) -> (key: String?, from: Double?, to: Double?) {
        var key: String?, from: Double?, to: Double?
        for field in try node.members(of: .object("range")) {
            switch field.name {
            case "key": key = try field.text()
            case "from": from = field.element.isNull ? nil : try field.double()
            case "to": to = field.element.isNull ? nil : try field.double()
            default: throw Parser.object("range").unknown(field, known: ["key", "from", "to"])
            }
        }
        return (key, from, to)
    }
}
