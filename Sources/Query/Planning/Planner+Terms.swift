internal import FieldIndex
internal import Mapping

extension Planner {
    func plan(_ query: PatternQuery) throws(PlanningError) -> QueryPlan {
        if query.field == "_id" { throw .patternNotSupported(field: "_id", type: "_id", query: query.kind.name) }
        if query.field == "_index" || query.field == "_ignored" {
            guard case .matchingTerms(_, let found) = try pattern(query) else { return .matchNone }
            return try metadata(query.field, found) ?? .matchNone
        }
        guard let field = try searchableField(query.field) else { return .matchNone }
        if case .served(let served) = field.type {
            if let plan = try plan(query, of: served) { return plan }
        }
        guard field.type.valueClass == .term else {
            throw .patternNotSupported(field: query.field, type: field.type.name, query: query.kind.name)
        }
        try checkExpense(of: query.kind)
        var normal = query
        if case .regexp = query.kind {} else { normal.text = try normalizedPart(query.text, query.field, field) }
        return try pattern(normal)
    }

    /// - Parameter query: its text normalised.
    private func pattern(_ query: PatternQuery) throws(PlanningError) -> QueryPlan {
        switch query.kind {
        case .prefix:
            return .matchingTerms(field: query.field, .prefix(query.text, ignoringCase: query.isCaseInsensitive))
        case .wildcard:
            return .matchingTerms(field: query.field, .wildcard(query.text, ignoringCase: query.isCaseInsensitive))
        case .regexp(let flags, let maximum):
            guard let flags = RegexpFlags(names: flags) else { throw .unknownRegexpFlag(flags) }
            let length = query.text.utf16.count
            if length > maximumRegexpLength { throw .regexpTooLong(length: length, limit: maximumRegexpLength) }
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
        if field.type.text != nil { return text }
        return try normalized(text, path, field)
    }

    /// A pattern on a type that has its own way with them; nil: as any.
    private func plan(_ query: PatternQuery, of served: ServedType) throws(PlanningError) -> QueryPlan? {
        do {
            try served.checkPatterns(query.kind.name)
        } catch .queryNotSupported(_, let type) {
            throw .patternNotSupported(field: query.field, type: type, query: query.kind.name)
        } catch {
            throw .malformedValue(field: query.field, type: served.name, cause: error)
        }
        var query = query
        if case .constant(let constant) = served.column {
            query.field = "constant"
            guard let constant, case .matchingTerms(_, let pattern) = try pattern(query) else { return .matchNone }
            do {
                return try pattern.matches(constant) ? .matchAll : .matchNone
            } catch {
                throw .malformedPattern(field: query.field, error)
            }
        }
        if case .prefix = query.kind, let beginnings = served.beginnings,
            (1...beginnings.longest).contains(query.text.unicodeScalars.count)
        {
            let parts = query.field.split(separator: ".").dropLast(beginnings.isBelow ? 0 : 1)
            let field = (parts + [beginnings.field[...]]).joined(separator: ".")
            return .terms(field: field, values: [.term(query.text)])
        }
        guard let beside = served.patternField else { return nil }
        try checkExpense(of: query.kind)
        query.field += "." + beside
        return try pattern(query)
    }

    func plan(_ query: FuzzyTermQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else { return .matchNone }
        if case .served(let served) = field.type {
            do {
                try served.checkPatterns("fuzzy")
            } catch .queryNotSupported {
                throw .fuzzyNotSupported(field: query.field, type: field.type.name)
            } catch {
                throw .malformedValue(field: query.field, type: field.type.name, cause: error)
            }
        }
        guard field.type.valueClass == .term else { throw .fuzzyNotSupported(field: query.field, type: field.type.name) }
        var options = MatchOptions()
        options.prefixLength = query.prefixLength
        options.maximumExpansions = query.maximumExpansions
        options.allowsTranspositions = query.allowsTranspositions
        if case .served(let served) = field.type, let beside = served.patternField {
            return try fuzzy(query.field + "." + beside, query.value.scalar.text, query.fuzziness, options)
        }
        let plan = try fuzzy(query.field, try normalized(query.value.scalar.text, query.field, field), query.fuzziness, options)
        return field.type.text == .constant ? .constantScore(plan) : plan
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
    var name: String {
        switch self {
        case .prefix: "prefix"
        case .wildcard: "wildcard"
        case .regexp: "regexp"
        }
    }
}
