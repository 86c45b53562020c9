internal import JSON
internal import Mapping
internal import Query

extension QueryDecoder {
    /// Members that stand beside the field.
    private enum Key: String {
        case distance
        case unit
        case distanceType = "distance_type"
        case validationMethod = "validation_method"
        case ignoreUnmapped = "ignore_unmapped"
        case type
        case boost
        case name = "_name"
    }

    func geoDistance(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var target: Field?
        var distance: Field?
        var unit = "m", ignoresUnmapped = false
        for field in try body.members(of: .query("geo_distance")) {
            switch Key(rawValue: field.name) {
            case .distance: distance = field
            case .unit: unit = try field.string()
            case .distanceType, .validationMethod: _ = try field.string()
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            case .type, nil:
                guard target == nil else {
                    throw ParseError(
                        .parsing,
                        "[geo_distance] query doesn't support multiple fields, found [\(target?.name ?? "")] and [\(field.name)]",
                        at: field.path)
                }
                target = field
            }
        }
        guard let distance else { throw ParseError(.parsing, "geo_distance requires 'distance' to be specified", at: body.path) }
        guard let radius = DistanceUnit.metres(try distance.text(), unit: unit) else {
            throw .argument("failed to parse distance [\(try distance.text())]", at: distance.path)
        }
        guard radius > 0 else { throw .argument("distance must be greater than zero", at: distance.path) }
        guard let target else { throw ParseError(.parsing, "geo_distance requires a field", at: body.path) }
        return options.query(
            .geo(
                GeoQuery(
                    field: target.name, shape: .circle(centre: try point(target.value, target.name), radius: radius),
                    ignoresUnmapped: ignoresUnmapped)))
    }

    func geoBoundingBox(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var target: Field?
        var ignoresUnmapped = false
        for field in try body.members(of: .query("geo_bounding_box")) {
            switch Key(rawValue: field.name) {
            case .validationMethod, .type: _ = try field.string()
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            case .distance, .unit, .distanceType:
                throw ParseError(.parsing, "failed to parse [geo_bounding_box] query. unexpected field [\(field.name)]", at: field.path)
            case nil: target = field
            }
        }
        guard let target else { throw ParseError(.parsing, "failed to parse bounding box. no field given", at: body.path) }
        let (topLeft, bottomRight) = try box(target)
        return options.query(
            .geo(
                GeoQuery(
                    field: target.name, shape: .box(topLeft: topLeft, bottomRight: bottomRight),
                    ignoresUnmapped: ignoresUnmapped)))
    }

    func point(_ node: Node, _ field: String) throws(ParseError) -> GeoPoint {
        do {
            return try GeoPoint(node.element)
        } catch {
            throw ParseError(.other("parse_exception", [:]), error.reason, at: node.path)
        }
    }

    func box(_ target: Field) throws(ParseError) -> (topLeft: GeoPoint, bottomRight: GeoPoint) {
        var corners: [String: GeoPoint] = [:]
        var sides: [String: Double] = [:]
        for field in try target.value.members(of: .query("geo_bounding_box")) {
            switch field.name {
            case "top_left", "bottom_right", "top_right", "bottom_left": corners[field.name] = try point(field.value, target.name)
            case "top", "left", "bottom", "right": sides[field.name] = try field.double()
            case "wkt":
                guard let parsed = Self.envelope(try field.string()) else {
                    throw ParseError(.other("parse_exception", [:]), "failed to parse WKT bounding box", at: field.path)
                }
                sides = parsed
            default:
                throw ParseError(.other("parse_exception", [:]), "failed to parse bounding box. unexpected field [\(field.name)]", at: field.path)
            }
        }
        let top = sides["top"] ?? corners["top_left"]?.latitude ?? corners["top_right"]?.latitude
        let left = sides["left"] ?? corners["top_left"]?.longitude ?? corners["bottom_left"]?.longitude
        let bottom = sides["bottom"] ?? corners["bottom_right"]?.latitude ?? corners["bottom_left"]?.latitude
        let right = sides["right"] ?? corners["bottom_right"]?.longitude ?? corners["top_right"]?.longitude
        guard let top, let left, let bottom, let right,
            let topLeft = try? GeoPoint(latitude: top, longitude: left),
            let bottomRight = try? GeoPoint(latitude: bottom, longitude: right)
        else { throw ParseError(.other("parse_exception", [:]), "failed to parse bounding box. a corner is missing or off the globe", at: target.path) }
        guard top >= bottom else { throw .argument("top is below bottom corner: \(top) vs. \(bottom)", at: target.path) }
        return (topLeft, bottomRight)
    }

    /// `BBOX (left, right, top, bottom)`.
    private static func envelope(_ text: String) -> [String: Double]? {
        guard let open = text.firstIndex(of: "("), let close = text.lastIndex(of: ")"), open < close,
            ["BBOX", "ENVELOPE"].contains(text[..<open].trimmingSpaces.uppercased())
        else { return nil }
        let numbers = text[text.index(after: open)..<close].split(separator: ",").map { Double(String($0).filter { $0 != " " }) }
        guard numbers.count == 4, let left = numbers[0], let right = numbers[1], let top = numbers[2], let bottom = numbers[3]
        else { return nil }
        return ["left": left, "right": right, "top": top, "bottom": bottom]
    }
}
