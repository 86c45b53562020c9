internal import JSON
internal import Query

extension Search.TrackTotalHits {
    /// A boolean, or how far to count.
    init(_ field: Field) throws(ParseError) {
        switch field.element.kind {
        case .boolean: self = try field.bool() ? .exactly : .never
        case .integer, .unsigned, .double, .string:
            let limit = try field.int()
            guard let value = Self(limit: limit) else { throw .argument(Self.complaint(limit), at: field.path) }
            self = value
        case .object, .array, .null: throw field.unexpected
        }
    }

    /// `track_total_hits` of a URL; nil if it is not there.
    init?(_ parameters: QueryParameters) throws(ElasticsearchError) {
        switch parameters["track_total_hits"] {
        case nil: return nil
        case "true", "": self = .exactly
        case "false": self = .never
        case .some:
            let limit = try parameters.int("track_total_hits") ?? -1
            guard let value = Self(limit: limit) else { throw .illegalArgument(Self.complaint(limit)) }
            self = value
        }
    }

    private init?(limit: Int) {
        switch limit {
        case -1: self = .never
        case 0...: self = .upTo(limit)
        default: return nil
        }
    }

    private static func complaint(_ limit: Int) -> String {
        "[track_total_hits] parameter must be positive or equals to -1, got \(limit)"
    }
}
