internal import JSON
internal import Mapping
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case field, origin, pivot, boost
        case name = "_name"
    }

    func distanceFeature(_ body: Node) throws(ParseError) -> Query {
        var options = QueryOptions()
        var path: String?, pivot: String?
        var origin: DistanceFeatureQuery.Origin?
        for (key, field) in try body.fields(Key.self, of: .object("distance_feature")) {
            switch key {
            case .field: path = try field.string()
            case .pivot: pivot = try field.text()
            case .origin:
                switch field.element.kind {
                case .object, .array:
                    do {
                        origin = .point(try GeoPoint(field.element))
                    } catch {
                        throw ParseError(.content, "[distance_feature] failed to parse field [origin]", at: field.path)
                    }
                case .string, .integer, .unsigned, .double, .boolean, .null:
                    guard let value = QueryValue(field.element) else { throw field.unexpected }
                    origin = .value(value)
                }
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        guard let path, let pivot, let origin else {
            let lacking = [("field", path == nil), ("origin", origin == nil), ("pivot", pivot == nil)].filter(\.1).map { "[\($0.0)]" }
            throw .argument("Required \(lacking.joined(separator: ", "))", at: body.path)
        }
        return options.query(.feature(.distance(DistanceFeatureQuery(field: path, origin: origin, pivot: pivot))))
    }
}
