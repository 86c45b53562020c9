internal import Analysis
internal import FieldIndex
internal import Mapping

/// Texts that are looked for in several fields.
extension Planner {
    func plan(_ query: MultiMatchQuery) throws(PlanningError) -> QueryPlan {
        var options = query.options
        let wanted = self.fields(query.fields), isAll = wanted.contains(.all)
        options.isLenient = options.isLenient ?? isAll
        let fields = try weighted(wanted)
        if fields.isEmpty { return .matchNone }
        if query.kind == .crossFields {
            return try planAcross(fields, query.text, options, query.tieBreaker ?? 0, isCombined: query.isCombined)
        }
        let form: MatchQuery.Form =
            switch query.kind {
            case .phrase: .phrase(slop: query.slop)
            case .phrasePrefix: .phrasePrefix(slop: query.slop, expansions: options.maximumExpansions)
            case .boolPrefix: .boolPrefix
            case .bestFields, .mostFields, .crossFields: .terms
            }
        let implied: Float = query.kind == .mostFields || query.kind == .boolPrefix ? 1 : 0
        return try best(of: fields, tieBreaker: query.tieBreaker ?? implied) { field throws(PlanningError) in
            if isAll, form != .terms, mapping.field(field)?.type.valueClass != .term { return .matchNone }
            return try plan(MatchQuery(field: field, text: query.text, form: form, options: options))
        }
    }

    /// Each term in any of the fields, which are looked at as one.
    private func planAcross(
        _ fields: [WeightedField], _ text: QueryValue, _ options: MatchOptions, _ tieBreaker: Float, isCombined: Bool
    ) throws(PlanningError) -> QueryPlan {
        // Fields whose texts are cut alike go together; each of the others stands alone.
        var groups: [(terms: [[String]], fields: [WeightedField])] = []
        var others: [QueryPlan] = []
        for weighted in fields {
            guard let field = try searchableField(weighted.pattern) else { continue }
            if field.type.text == .bm25 {
                let terms = try slots(of: text.scalar.text, in: field, path: weighted.pattern, options, isPhrase: false).map(\.terms)
                if let index = groups.firstIndex(where: { $0.terms == terms }) {
                    groups[index].fields.append(weighted)
                } else {
                    groups.append((terms, [weighted]))
                }
            } else {
                let plan = try plan(MatchQuery(field: weighted.pattern, text: text, options: options))
                others.append(weighted.weight == 1 ? plan : .boosted(plan, by: weighted.weight))
            }
        }
        let plans = try groups.map { group throws(PlanningError) in
            combined(
                try group.terms.map { terms throws(PlanningError) in
                    if isCombined {
                        let fields = group.fields.map { CombinedTerm.Field($0.pattern, weight: $0.weight) }
                        return .text(.combined(CombinedTerm(fields: fields, terms: terms)))
                    }
                    return try best(of: group.fields, tieBreaker: tieBreaker) { field in
                        .any(terms.map { termPlan(field, $0) })
                    }
                }, options)
        }
        let all = (plans + others).filter { $0 != .matchNone }
        return all.isEmpty ? .matchNone : all.count == 1 ? all[0] : .disMax(all, tieBreaker: tieBreaker)
    }

    /// The best of a query on each field.
    func best(
        of fields: [WeightedField], tieBreaker: Float, _ plan: (String) throws(PlanningError) -> QueryPlan
    ) throws(PlanningError) -> QueryPlan {
        var plans: [QueryPlan] = []
        for field in fields {
            let found = try plan(field.pattern)
            if found == .matchNone { continue }
            plans.append(field.weight == 1 ? found : .boosted(found, by: field.weight))
        }
        return plans.isEmpty ? .matchNone : plans.count == 1 ? plans[0] : .disMax(plans, tieBreaker: tieBreaker)
    }

    /// The fields that a query names, or else the index's default fields.
    func fields(_ named: [WeightedField]) -> [WeightedField] {
        named.isEmpty ? mapping.limits.defaultFields.compactMap { WeightedField(parsing: $0) } : named
    }

    /// The fields that patterns name, among those that texts and numbers can be looked for in; each once, weighted by all that name it.
    func weighted(_ fields: [WeightedField]) throws(PlanningError) -> [WeightedField] {
        var found: [WeightedField] = []
        var places: [String: Int] = [:]
        func add(_ path: String, _ weight: Float) {
            if let place = places[path] { return found[place].weight *= weight }
            places[path] = found.count
            found.append(WeightedField(path, weight: weight))
        }
        for weighted in fields {
            if weighted.pattern.utf8.contains(UInt8(ascii: "*")) {
                for (path, field) in mapping.fields(matching: weighted.pattern) where field.isSearchable {
                    switch field.type.valueClass {
                    case .term, .long, .double: add(path, weighted.weight)
                    case .vector, .point, .other: break
                    }
                }
            } else {
                add(mapping.target(of: weighted.pattern), weighted.weight)
            }
        }
        guard found.count <= Self.maximumClauses else { throw .tooManyFields(found.count, limit: Self.maximumClauses) }
        return found
    }
}
