internal import FieldIndex
internal import Mapping

extension Planner {
    func plan(_ query: PatternQuery) throws(PlanningError) -> QueryPlan {
        if query.field == "_id" { throw .patternNotSupported(field: "_id", type: "_id", query: query.kind.name) }
        guard let field = try searchableField(query.field) else { return .matchNone }
        guard field.type.valueClass == .term else {
            throw .patternNotSupported(field: query.field, type: field.type.name, query: query.kind.name)
        }
        switch query.kind {
        case .prefix:
            let text = try normalizedPart(query.text, query.field, field)
            return .matchingTerms(field: query.field, .prefix(text, ignoringCase: query.isCaseInsensitive))
        case .wildcard:
            let text = try normalizedPart(query.text, query.field, field)
            return .matchingTerms(field: query.field, .wildcard(text, ignoringCase: query.isCaseInsensitive))
        case .regexp(let flags, let maximum):
            guard let flags = RegexpFlags(names: flags) else { throw .unknownRegexpFlag(flags) }
            do {
                return .matchingTerms(
                    field: query.field,
                    try .regexp(query.text, flags: flags, ignoringCase: query.isCaseInsensitive, maximumStates: maximum))
            } catch {
                throw .malformedPattern(field: query.field, error)
            }
        }
    }

    private func normalizedPart(_ text: String, _ path: String, _ field: FieldMapping) throws(PlanningError) -> String {
        if case .text = field.type { return text }
        return try normalized(text, path, field)
    }

    func plan(_ query: FuzzyTermQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else { return .matchNone }
        guard field.type.valueClass == .term else { throw .fuzzyNotSupported(field: query.field, type: field.type.name) }
        var options = MatchOptions()
        options.prefixLength = query.prefixLength
        options.maximumExpansions = query.maximumExpansions
        options.allowsTranspositions = query.allowsTranspositions
        return fuzzy(query.field, try normalized(query.value.scalar.text, query.field, field), query.fuzziness, options)
    }

    func plan(_ query: GeoQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else {
            if query.ignoresUnmapped { return .matchNone }
            throw .geoFieldNotMapped(query.field)
        }
        guard case .geoPoint = field.type else { throw .geoNotSupported(field: query.field, type: field.type.name) }
        switch query.shape {
        case .circle(let centre, let radius):
            return .geoCircle(
                field: query.field, GeoCircle(latitude: centre.latitude, longitude: centre.longitude, radius: radius))
        case .box(let topLeft, let bottomRight):
            return .geoBox(
                field: query.field,
                GeoBox(
                    top: topLeft.latitude, left: topLeft.longitude, bottom: bottomRight.latitude,
                    right: bottomRight.longitude))
        }
    }
}

extension PatternQuery.Kind {
    /// Elasticsearch's word for it in errors.
    fileprivate var name: String {
        switch self {
        case .prefix: "prefix"
        case .wildcard: "wildcard"
        case .regexp: "regexp"
        }
    }
}
