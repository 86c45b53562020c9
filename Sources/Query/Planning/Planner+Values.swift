internal import Mapping

extension Planner {
    func plan(_ query: TermQuery) throws(PlanningError) -> QueryPlan {
        if let plan = metadata(query.field, [query.value.scalar.text]) { return plan }
        guard let field = try searchableField(query.field) else { return .matchNone }
        if query.isCaseInsensitive, field.type.valueClass == .term, field.type.coding == .plain {
            return .termIgnoringCase(field: query.field, term: query.value.scalar.text)
        }
        // What is not indexed has no statistics.
        let isRuntime = mapping.runtime[query.field] != nil
        return plan(try match(query.value, query.field, field), query.field, scoring: isRuntime ? .constant : field.termScoring)
    }

    func plan(_ query: TermsQuery) throws(PlanningError) -> QueryPlan {
        guard query.values.count <= maximumTerms else {
            throw .tooManyTerms(count: query.values.count, limit: maximumTerms)
        }
        if let plan = metadata(query.field, query.values.map(\.scalar.text)) { return plan }
        guard let field = try searchableField(query.field) else { return .matchNone }
        var values: [IndexedValue] = []
        var seen = Set<IndexedValue>()
        var others: [QueryPlan] = []
        for value in query.values {
            switch try match(value, query.field, field) {
            case .value(let value): if seen.insert(value).inserted { values.append(value) }
            case .nothing: break
            case let other: others.append(plan(other, query.field, scoring: .constant))
            }
        }
        if !others.isEmpty {
            let plans = (values.isEmpty ? [] : [.terms(field: query.field, values: values)]) + others
            return .constantScore(.any(plans))
        }
        return values.isEmpty ? .matchNone : .terms(field: query.field, values: values)
    }

    func plan(_ query: RangeQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else { return .matchNone }
        switch field.type {
        case .geoPoint, .denseVector: throw .rangeNotSupported(field: query.field, type: field.type.name)
        case .keyword, .text: try checkExpense("[range] queries on [text] or [keyword] fields")
        case .number, .boolean, .date, .served: break
        }
        if query.lower == nil, query.upper == nil { return try exists(query.field) }
        let found: FieldMatch
        do {
            found = try field.match(
                from: query.lower.map { ScalarBound($0.value.scalar, isInclusive: $0.isInclusive) },
                to: query.upper.map { ScalarBound($0.value.scalar, isInclusive: $0.isInclusive) }, relation: query.relation,
                dates: try dates(query))
        } catch ValueError.queryNotSupported(_, let type) {
            throw .rangeNotSupported(field: query.field, type: type)
        } catch let error as ValueError {
            throw .malformedValue(field: query.field, type: field.type.name, cause: error)
        } catch let error as PlanningError {
            throw error
        } catch {
            return .matchNone
        }
        return plan(found, query.field, scoring: .constant)
    }

    /// What a field's type makes of a value or a range, as a plan.
    private func plan(_ match: FieldMatch, _ path: String, scoring: QueryPlan.TermScoring) -> QueryPlan {
        switch match {
        case .nothing: .matchNone
        case .everything: .matchAll
        case .value(let value): .term(field: path, value: value, scoring: scoring)
        case .range(let range): .range(field: path, range: range)
        case .feature(let name): .special(.rank(RankFeaturePlan(field: path, feature: name, function: .linear)))
        case .spans(let spans): .special(.spans(field: path, spans))
        }
    }

    /// Nil for a field that the mapping does not know.
    func searchableField(_ path: String) throws(PlanningError) -> FieldMapping? {
        guard let field = mapping.field(path) else { return nil }
        try checkExpense(ofField: path)
        // A type that nothing can be looked up in says so itself.
        let saysItself = field.type.valueClass == .vector || field.type.valueClass == .other
        guard field.isSearchable || saysItself else { throw .fieldNotSearchable(path) }
        return field
    }

    private func match(
        _ value: QueryValue, _ path: String, _ field: FieldMapping
    ) throws(PlanningError) -> FieldMatch {
        switch field.type {
        case .geoPoint, .denseVector: throw .termNotSupported(field: path, type: field.type.name)
        case .keyword, .text, .number, .boolean, .date, .served: break
        }
        do {
            return try field.match(value.scalar, dates: DateContext(now: now))
        } catch .queryNotSupported(_, let type) {
            throw .termNotSupported(field: path, type: type)
        } catch {
            throw .malformedValue(field: path, type: field.type.name, cause: error)
        }
    }

    private func dates(_ query: RangeQuery) throws(PlanningError) -> DateContext {
        var context = DateContext(now: now)
        if let pattern = query.format {
            guard let format = DateFormat(pattern) else { throw .invalidDateFormat(pattern) }
            context.format = format
        }
        if let zone = query.timeZone {
            context.offset = try self.zone(zone).seconds(at: now)
        }
        return context
    }
}

extension QueryValue {
    /// The value as the mapping reads it.
    var scalar: ScalarValue {
        switch self {
        case .string(let value): .string(value)
        case .integer(let value): .integer(value)
        case .unsigned(let value): .unsigned(value)
        case .double(let value): .double(value)
        case .boolean(let value): .boolean(value)
        }
    }
}

extension FieldMapping {
    /// Numbers and dates are points, whose matches all score alike; the others are terms, which may be rare.
    fileprivate var termScoring: QueryPlan.TermScoring {
        switch type {
        case .keyword, .text, .boolean: .by(similarity)
        case .served(let served):
            served.text == .bm25 || served.coding == .plain && served.column == .terms && served.name != "wildcard"
                ? .by(similarity) : .constant
        case .number, .date, .geoPoint, .denseVector: .constant
        }
    }
}
