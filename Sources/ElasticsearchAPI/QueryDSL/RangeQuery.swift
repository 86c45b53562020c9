internal import JSON
internal import Mapping
internal import Query

extension QueryDecoder {
    private enum Key: String, BodyKey {
        case greater = "gt"
        case greaterOrEqual = "gte"
        case less = "lt"
        case lessOrEqual = "lte"
        /// The old form, which clients of version 8 may use: bounds, and whether they are included.
        case from, to
        case includeLower = "include_lower"
        case includeUpper = "include_upper"
        case format
        case timeZone = "time_zone"
        case relation
        case boost
        case name = "_name"

        /// Whether Elasticsearch 9 takes it of older clients only.
        var isOfVersion8: Bool {
            switch self {
            case .from, .to, .includeLower, .includeUpper: true
            case .greater, .greaterOrEqual, .less, .lessOrEqual, .format, .timeZone, .relation, .boost, .name: false
            }
        }
    }

    /// `{"field": {"gte": …, "lt": …}}`. A bound of null is open.
    func range(_ body: Node) throws(ParseError) -> Query {
        let target = try body.singleField(of: .range)
        guard target.element.kind == .object else {
            throw ParseError(.parsing, "[range] query does not support [\(target.name)]", at: target.path)
        }
        var options = QueryOptions()
        var range = RangeQuery(field: target.name)
        var lower: (value: QueryValue?, isInclusive: Bool) = (nil, true)
        var upper: (value: QueryValue?, isInclusive: Bool) = (nil, true)
        for (key, field) in try target.value.fields(Key.self, of: .query("range")) {
            if key.isOfVersion8 {
                guard Deprecations.isOfVersion8 else { throw Parser.query("range").unknown(field, known: []) }
                Deprecations.add("Deprecated field [\(field.name)] used, this field is unused and will be removed entirely")
            }
            switch key {
            case .greater: lower = (try bound(field), false)
            case .greaterOrEqual: lower = (try bound(field), true)
            case .less: upper = (try bound(field), false)
            case .lessOrEqual: upper = (try bound(field), true)
            case .from: lower.value = try bound(field)
            case .to: upper.value = try bound(field)
            case .includeLower: lower.isInclusive = try field.bool()
            case .includeUpper: upper.isInclusive = try field.bool()
            case .format: range.format = try field.string()
            case .timeZone: range.timeZone = try field.string()
            case .relation: range.relation = try relation(field)
            case .boost: try options.setBoost(field)
            case .name: try options.setName(field)
            }
        }
        range.lower = lower.value.map { RangeQuery.Bound($0, isInclusive: lower.isInclusive) }
        range.upper = upper.value.map { RangeQuery.Bound($0, isInclusive: upper.isInclusive) }
        return options.query(.range(range))
    }

    private func bound(_ field: Field) throws(ParseError) -> QueryValue? {
        if field.element.isNull { return nil }
        guard let value = QueryValue(field.element) else { throw field.unexpected }
        return value
    }

    /// Of the spans that range fields hold; others have values, for which all are the same.
    private func relation(_ field: Field) throws(ParseError) -> SpanRelation {
        let text = try field.string()
        if text.lowercased() == "disjoint" { throw .argument("[range] query does not support relation [disjoint]", at: field.path) }
        guard let relation = SpanRelation(rawValue: text.lowercased()) else {
            throw .argument("\(text) is not a valid relation", at: field.path)
        }
        return relation
    }
}
