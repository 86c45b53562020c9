internal import FieldIndex
internal import Mapping

extension Planner {
    func plan(_ query: QueryStringQuery) throws(PlanningError) -> QueryPlan {
        let syntax: QuerySyntax
        switch query.language {
        case .simple: syntax = SimpleSyntax.parse(query.text, needsAll: query.options.needsAll)
        case .lucene:
            do {
                syntax = try LuceneSyntax.parse(query.text, needsAll: query.options.needsAll)
            } catch {
                throw .malformedQueryString(query.text, position: error.position, reason: error.reason)
            }
        }
        var query = query
        query.fields = self.fields(query.fields)
        if query.options.isLenient == nil {
            query.options.isLenient = query.fields.contains(.all) || (query.language != .simple && mapping.limits.isQueryStringLenient)
        }
        return try plan(syntax, query)
    }

    private func plan(_ syntax: QuerySyntax, _ query: QueryStringQuery) throws(PlanningError) -> QueryPlan {
        switch syntax {
        case .matchAll: return .matchAll
        case .exists(let field): return try exists(field)
        case .boosted(let inner, let boost):
            let plan = try plan(inner, query)
            return plan == .matchNone ? plan : .boosted(plan, by: boost)
        case .all(let clauses): return try plan(clauses, query)
        case .text(let field, let text):
            return try plan(
                MultiMatchQuery(
                    fields: fields(field, query), text: .string(text), kind: query.kind, slop: query.phraseSlop,
                    tieBreaker: query.tieBreaker, options: textOptions(query, field)))
        case .phrase(let field, let text, let slop):
            var options = textOptions(query, field)
            options.fuzziness = nil
            return try plan(
                MultiMatchQuery(
                    fields: fields(field, query), text: .string(text), kind: .phrase, slop: slop ?? query.phraseSlop,
                    tieBreaker: query.tieBreaker, options: options))
        case .prefix(let field, let text):
            return try eachField(field, query) { path throws(PlanningError) in
                try plan(PatternQuery(field: path, text: loweredWord(text, in: path), kind: .prefix))
            }
        case .wildcard(let field, let text):
            if case .lucene(allowsLeadingWildcard: false) = query.language, text.first == "*" || text.first == "?" {
                throw .malformedQueryString(
                    query.text, position: 0, reason: "'*' or '?' not allowed as first character in WildcardQuery")
            }
            return try eachField(field, query) { path throws(PlanningError) in
                try plan(PatternQuery(field: path, text: loweredWord(text, in: path), kind: .wildcard))
            }
        case .regexp(let field, let text):
            return try eachField(field, query) { path throws(PlanningError) in
                try plan(
                    PatternQuery(
                        field: path, text: loweredWord(text, in: path), kind: .regexp(flags: "ALL", maximumStates: 10_000)))
            }
        case .fuzzy(let field, let text, let fuzziness):
            var options = query.options
            options.fuzziness = fuzziness ?? query.fuzziness
            return try eachField(field, query) { path throws(PlanningError) in
                guard mapping.field(path)?.type.valueClass == .term else { return .matchNone }
                return try plan(MatchQuery(field: path, text: .string(text), options: options))
            }
        case .range(let field, let lower, let upper):
            return try eachField(field, query) { path throws(PlanningError) in
                try plan(
                    RangeQuery(
                        field: path, lower: lower.map { .init(.string($0.text), isInclusive: $0.isInclusive) },
                        upper: upper.map { .init(.string($0.text), isInclusive: $0.isInclusive) }, timeZone: query.timeZone))
            }
        }
    }

    private func plan(
        _ clauses: [QuerySyntax.Clause], _ query: QueryStringQuery
    ) throws(PlanningError) -> QueryPlan {
        var bool = BoolPlan()
        for clause in clauses {
            let plan = try plan(clause.syntax, query)
            switch clause.occurrence {
            case .must: bool.must.append(plan)
            case .should: bool.should.append(plan)
            case .mustNot: bool.mustNot.append(plan)
            }
        }
        if bool.must.isEmpty, bool.should.isEmpty, bool.mustNot.isEmpty { return .matchNone }
        let implied = bool.must.isEmpty && !bool.should.isEmpty ? 1 : 0
        bool.minimumShouldMatch = query.options.minimumShouldMatch.map { $0.count(of: bool.should.count) } ?? implied
        return simplified(bool)
    }

    private func textOptions(_ query: QueryStringQuery, _ field: String?) -> MatchOptions {
        var options = query.options
        // It says how many clauses of the query must match, not how many terms of one.
        options.minimumShouldMatch = nil
        return options
    }

    private func fields(_ field: String?, _ query: QueryStringQuery) -> [WeightedField] {
        guard let field else { return query.fields }
        // A name with a pattern finds what it finds.
        return [WeightedField(field)]
    }

    private func eachField(
        _ field: String?, _ query: QueryStringQuery, _ plan: (String) throws(PlanningError) -> QueryPlan
    ) throws(PlanningError) -> QueryPlan {
        let isLenient = query.options.isLenient == true && field == nil
        return try best(of: weighted(fields(field, query)), tieBreaker: query.tieBreaker ?? 0) { path throws(PlanningError) in
            do throws(PlanningError) {
                return try plan(path)
            } catch .regexpTooLong(let length, let limit) {
                // What no field takes is nobody's malformed value.
                throw .regexpTooLong(length: length, limit: limit)
            } catch {
                if isLenient { return .matchNone }
                throw error
            }
        }
    }

    /// A part of a word in a `text` field's own letters.
    private func loweredWord(_ text: String, in path: String) -> String {
        guard let field = mapping.field(path), field.type.text != nil else { return text }
        return text.lowercased()
    }
}
