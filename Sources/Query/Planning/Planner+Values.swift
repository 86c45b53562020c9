internal import Mapping

extension Planner {
    func plan(_ query: TermQuery) throws(PlanningError) -> QueryPlan {
        if query.field == "_id" { return .ids([query.value.scalar.text]) }
        guard let field = try searchableField(query.field) else { return .matchNone }
        if query.isCaseInsensitive, field.type.valueClass == .term {
            return .termIgnoringCase(field: query.field, term: query.value.scalar.text)
        }
        guard let value = try indexedValue(query.value, query.field, field) else { return .matchNone }
        return .term(field: query.field, value: value, scoring: field.type.termScoring)
    }

    func plan(_ query: TermsQuery) throws(PlanningError) -> QueryPlan {
        guard query.values.count <= maximumTerms else {
            throw .tooManyTerms(count: query.values.count, limit: maximumTerms)
        }
        if query.field == "_id" {
            return query.values.isEmpty ? .matchNone : .ids(query.values.map(\.scalar.text))
        }
        guard let field = try searchableField(query.field) else { return .matchNone }
        var values: [IndexedValue] = []
        var seen = Set<IndexedValue>()
        for value in query.values {
            if let value = try indexedValue(value, query.field, field), seen.insert(value).inserted {
                values.append(value)
            }
        }
        return values.isEmpty ? .matchNone : .terms(field: query.field, values: values)
    }

    func plan(_ query: RangeQuery) throws(PlanningError) -> QueryPlan {
        guard let field = try searchableField(query.field) else { return .matchNone }
        switch field.type {
        case .geoPoint, .denseVector: throw .rangeNotSupported(field: query.field, type: field.type.name)
        case .keyword, .text, .number, .boolean, .date: break
        }
        if query.lower == nil, query.upper == nil { return .exists(fields: [query.field]) }
        let range: IndexedRange?
        do {
            range = try field.range(
                lower: query.lower.map { ScalarBound($0.value.scalar, isInclusive: $0.isInclusive) },
                upper: query.upper.map { ScalarBound($0.value.scalar, isInclusive: $0.isInclusive) },
                dates: try dates(query))
        } catch let error as ValueError {
            throw .malformedValue(field: query.field, type: field.type.name, cause: error)
        } catch let error as PlanningError {
            throw error
        } catch {
            return .matchNone
        }
        return range.map { .range(field: query.field, range: $0) } ?? .matchNone
    }

    /// Nil for a field that the mapping does not know.
    func searchableField(_ path: String) throws(PlanningError) -> FieldMapping? {
        guard let field = mapping.field(path) else { return nil }
        guard field.isSearchable || field.type.valueClass == .vector else { throw .fieldNotSearchable(path) }
        return field
    }

    private func indexedValue(
        _ value: QueryValue, _ path: String, _ field: FieldMapping
    ) throws(PlanningError) -> IndexedValue? {
        switch field.type {
        case .geoPoint, .denseVector: throw .termNotSupported(field: path, type: field.type.name)
        case .keyword, .text, .number, .boolean, .date: break
        }
        do {
            return try field.term(value.scalar, dates: DateContext(now: now))
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

extension FieldType {
    /// Numbers and dates are points, whose matches all score alike; the others are terms, which may be rare.
    fileprivate var termScoring: QueryPlan.TermScoring {
        switch self {
        case .keyword, .text, .boolean: .bm25
        case .number, .date, .geoPoint, .denseVector: .constant
        }
    }
}
