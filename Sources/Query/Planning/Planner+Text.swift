internal import Analysis
internal import FieldIndex
internal import Mapping

extension Planner {
    func plan(_ match: MatchQuery) throws(PlanningError) -> QueryPlan {
        if match.field == "_id" { return .ids([match.text.scalar.text]) }
        guard let field = try searchableField(match.field) else { return .matchNone }
        do throws(PlanningError) {
            return try plan(match, in: field)
        } catch .malformedValue where match.options.isLenient {
            return .matchNone
        } catch .termNotSupported where match.options.isLenient {
            return .matchNone
        }
    }

    private func plan(_ match: MatchQuery, in field: FieldMapping) throws(PlanningError) -> QueryPlan {
        guard let text = field.type.text else { return try planWhole(match, in: field) }
        if text == .constant {
            let plan = try planText(match, in: field)
            return plan == .matchNone || plan == .matchAll ? plan : .constantScore(plan)
        }
        return try planText(match, in: field)
    }

    private func planText(_ match: MatchQuery, in field: FieldMapping) throws(PlanningError) -> QueryPlan {
        let isPhrase = switch match.form {
            case .phrase, .phrasePrefix: true
            case .terms, .boolPrefix: false
            }
        let slots = try slots(of: match.text.scalar.text, in: field, path: match.field, match.options, isPhrase: isPhrase)
        guard let last = slots.last else { return match.options.matchesAllWithoutTerms ? .matchAll : .matchNone }
        switch match.form {
        case .terms: return combined(slots.map { plan(of: $0, match) }, match.options)
        case .boolPrefix:
            let words = slots.dropLast().map { plan(of: $0, match) }
            let prefixes = last.terms.map { QueryPlan.matchingTerms(field: match.field, .prefix($0)) }
            return combined(words + [prefixes.count == 1 ? prefixes[0] : .any(prefixes)], match.options)
        case .phrase(let slop):
            if slots.count == 1 { return plan(of: last, match) }
            return .phrase(PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity))
        case .phrasePrefix(let slop, let expansions):
            return .phrasePrefix(
                PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity), expansions: expansions)
        }
    }

    /// The value as a whole: fields that are not cut into terms.
    private func planWhole(_ match: MatchQuery, in field: FieldMapping) throws(PlanningError) -> QueryPlan {
        let isKeyword = field.type.valueClass == .term
        switch match.form {
        case .phrasePrefix: throw .phraseNotSupported(field: match.field, type: field.type.name)
        case .boolPrefix:
            guard isKeyword else { throw .phraseNotSupported(field: match.field, type: field.type.name) }
            return .matchingTerms(field: match.field, .prefix(try normalized(match.text.scalar.text, match.field, field)))
        case .terms, .phrase: break
        }
        if let fuzziness = match.options.fuzziness, match.form == .terms {
            guard isKeyword else {
                if match.options.isLenient { return .matchNone }
                throw .fuzzyNotSupported(field: match.field, type: field.type.name)
            }
            let term = try normalized(match.text.scalar.text, match.field, field)
            return fuzzy(match.field, term, fuzziness, match.options)
        }
        return try plan(TermQuery(field: match.field, value: match.text))
    }

    /// The terms of a text by their places; several stand in one where there are synonyms.
    func slots(
        of text: String, in field: FieldMapping, path: String, _ options: MatchOptions, isPhrase: Bool
    ) throws(PlanningError) -> [PhraseQuery.Slot] {
        var slots: [PhraseQuery.Slot] = []
        for token in try tokens(of: text, in: field, path: path, analyzer: options.analyzer, isPhrase: isPhrase) {
            if let last = slots.last, last.position == token.position {
                if !last.terms.contains(token.term) { slots[slots.count - 1].terms.append(token.term) }
            } else {
                slots.append(PhraseQuery.Slot([token.term], position: token.position))
            }
        }
        return slots
    }

    private func plan(of slot: PhraseQuery.Slot, _ match: MatchQuery) -> QueryPlan {
        let plans = slot.terms.map { term in
            if let fuzziness = match.options.fuzziness, match.form != .phrase(slop: 0) {
                return fuzzy(match.field, term, fuzziness, match.options)
            }
            return termPlan(match.field, term)
        }
        return plans.count == 1 ? plans[0] : .any(plans)
    }

    func fuzzy(_ field: String, _ term: String, _ fuzziness: Fuzziness, _ options: MatchOptions) -> QueryPlan {
        let edits = fuzziness.edits(for: term)
        if edits == 0 { return termPlan(field, term) }
        return .fuzzy(
            FuzzyQuery(
                field: field, term: term, edits: edits, prefixLength: options.prefixLength,
                maximumExpansions: options.maximumExpansions, allowsTranspositions: options.allowsTranspositions,
                similarity: similarity(of: field)))
    }

    func termPlan(_ field: String, _ term: String) -> QueryPlan {
        .term(field: field, value: .term(term), scoring: .by(similarity(of: field)))
    }

    private func similarity(of path: String) -> Similarity { mapping.field(path)?.similarity ?? .standard }

    func combined(_ plans: [QueryPlan], _ options: MatchOptions) -> QueryPlan {
        if plans.count == 1 { return plans[0] }
        if options.needsAll { return .bool(BoolPlan(must: plans)) }
        let minimum = options.minimumShouldMatch?.count(of: plans.count) ?? 1
        return minimum > plans.count ? .matchNone : .bool(BoolPlan(should: plans, minimumShouldMatch: max(1, minimum)))
    }

    func normalized(_ text: String, _ path: String, _ field: FieldMapping) throws(PlanningError) -> String {
        do {
            guard case .term(let term) = try field.term(.string(text), dates: DateContext(now: now)) else { return text }
            return term
        } catch {
            throw .malformedValue(field: path, type: field.type.name, cause: error)
        }
    }

    // MARK: Several fields

    func plan(_ query: MultiMatchQuery) throws(PlanningError) -> QueryPlan {
        var options = query.options
        if query.fields.isEmpty { options.isLenient = true }
        let fields = try weighted(query.fields)
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
            if query.fields.isEmpty, form != .terms, mapping.field(field)?.type.valueClass != .term { return .matchNone }
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

    /// The fields that patterns name; without patterns, all that texts and numbers can be looked for in.
    func weighted(_ fields: [WeightedField]) throws(PlanningError) -> [WeightedField] {
        let patterns = fields.isEmpty ? [WeightedField("*")] : fields
        var found: [WeightedField] = []
        for weighted in patterns {
            if weighted.pattern.utf8.contains(UInt8(ascii: "*")) {
                for (path, field) in mapping.fields(matching: weighted.pattern) where field.isSearchable {
                    switch field.type.valueClass {
                    case .term, .long, .double: found.append(WeightedField(path, weight: weighted.weight))
                    case .vector, .point, .other: break
                    }
                }
            } else {
                found.append(WeightedField(mapping.target(of: weighted.pattern), weight: weighted.weight))
            }
        }
        guard found.count <= Self.maximumClauses else { throw .tooManyFields(found.count, limit: Self.maximumClauses) }
        return found
    }

    /// Elasticsearch's `indices.query.bool.max_clause_count`, about.
    static let maximumClauses = 1024
}

extension QueryPlan {
    /// What any of the plans matches, scores summed.
    static func any(_ plans: [QueryPlan]) -> QueryPlan {
        plans.count == 1 ? plans[0] : .bool(BoolPlan(should: plans, minimumShouldMatch: 1))
    }
}
