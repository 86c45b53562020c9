internal import Analysis
internal import FieldIndex
internal import Mapping

extension Planner {
    func plan(_ match: MatchQuery) throws(PlanningError) -> QueryPlan {
        if let plan = metadata(match.field, [match.text.scalar.text]) { return plan }
        guard let field = try searchableField(match.field) else { return .matchNone }
        do throws(PlanningError) {
            return try plan(match, in: field)
        } catch .malformedValue where match.options.isLenient {
            return .matchNone
        } catch .termNotSupported where match.options.isLenient {
            return .matchNone
        }
    }

    func plan(_ match: MatchQuery, in field: FieldMapping) throws(PlanningError) -> QueryPlan {
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
        let tokens = try tokens(
            of: match.text.scalar.text, in: field, path: match.field, analyzer: match.options.analyzer, isPhrase: isPhrase)
        if match.form != .boolPrefix, let graph = TokenGraph(tokens) { return try plan(graph, match, field) }
        let slots = Self.slots(tokens)
        guard let last = slots.last else { return match.options.matchesAllWithoutTerms ? .matchAll : .matchNone }
        switch match.form {
        case .terms:
            return combined(try slots.map { slot throws(PlanningError) in try plan(of: slot, match) }, match.options)
        case .boolPrefix:
            let words = try slots.dropLast().map { slot throws(PlanningError) in try plan(of: slot, match) }
            let prefixes = last.terms.map { QueryPlan.matchingTerms(field: match.field, .prefix($0)) }
            return combined(words + [prefixes.count == 1 ? prefixes[0] : .any(prefixes)], match.options)
        case .phrase(let slop):
            if slots.count == 1 { return try plan(of: last, match) }
            return .phrase(PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity))
        case .phrasePrefix(let slop, let expansions):
            return .phrasePrefix(
                PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity), expansions: expansions)
        }
    }

    /// The value as a whole: fields that are not cut into terms.
    private func planWhole(_ match: MatchQuery, in field: FieldMapping) throws(PlanningError) -> QueryPlan {
        let isKeyword = field.type.valueClass == .term
        if field.splitsQueries {
            let words = match.text.scalar.text.split { $0.isWhitespace }
            if words.count != 1 || words[0].utf8.count != match.text.scalar.text.utf8.count { return try planWords(words, match, in: field) }
        }
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
            return try fuzzy(match.field, term, fuzziness, match.options)
        }
        return try plan(TermQuery(field: match.field, value: match.text))
    }

    /// Each word as a value as a whole.
    private func planWords(
        _ words: [Substring], _ match: MatchQuery, in field: FieldMapping
    ) throws(PlanningError) -> QueryPlan {
        var match = match
        switch match.form {
        case .terms: break
        case .boolPrefix: return try planWordsAndPrefix(words, match, in: field)
        case .phrase, .phrasePrefix:
            // There are no places of words.
            guard words.count < 2 else { throw .phraseNotSupported(field: match.field, type: field.type.name) }
        }
        guard !words.isEmpty else { return match.options.matchesAllWithoutTerms ? .matchAll : .matchNone }
        let plans = try words.map { word throws(PlanningError) in
            match.text = .string(String(word))
            return try planWhole(match, in: field)
        }
        return combined(plans, match.options)
    }

    private func planWordsAndPrefix(
        _ words: [Substring], _ match: MatchQuery, in field: FieldMapping
    ) throws(PlanningError) -> QueryPlan {
        guard let last = words.last else { return match.options.matchesAllWithoutTerms ? .matchAll : .matchNone }
        var plans = try words.dropLast().map { word throws(PlanningError) in
            try planWhole(MatchQuery(field: match.field, text: .string(String(word)), options: match.options), in: field)
        }
        plans.append(.matchingTerms(field: match.field, .prefix(try normalized(String(last), match.field, field))))
        return combined(plans, match.options)
    }

    /// The terms of a text by their places; several stand in one where there are synonyms.
    func slots(
        of text: String, in field: FieldMapping, path: String, _ options: MatchOptions, isPhrase: Bool
    ) throws(PlanningError) -> [PhraseQuery.Slot] {
        Self.slots(try tokens(of: text, in: field, path: path, analyzer: options.analyzer, isPhrase: isPhrase))
    }

    private static func slots(_ tokens: [Token]) -> [PhraseQuery.Slot] {
        var slots: [PhraseQuery.Slot] = []
        for token in tokens {
            if let last = slots.last, last.position == token.position {
                if !last.terms.contains(token.term) { slots[slots.count - 1].terms.append(token.term) }
            } else {
                slots.append(PhraseQuery.Slot([token.term], position: token.position))
            }
        }
        return slots
    }

    func plan(of slot: PhraseQuery.Slot, _ match: MatchQuery) throws(PlanningError) -> QueryPlan {
        let plans = try slot.terms.map { term throws(PlanningError) in
            if let fuzziness = match.options.fuzziness, match.form != .phrase(slop: 0) {
                return try fuzzy(match.field, term, fuzziness, match.options)
            }
            return termPlan(match.field, term)
        }
        return plans.count == 1 ? plans[0] : .any(plans)
    }

    func fuzzy(
        _ field: String, _ term: String, _ fuzziness: Fuzziness, _ options: MatchOptions
    ) throws(PlanningError) -> QueryPlan {
        try checkExpense("[fuzzy] queries")
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

    /// Elasticsearch's `indices.query.bool.max_clause_count`, about.
    static let maximumClauses = 1024
}

extension QueryPlan {
    /// What any of the plans matches, scores summed.
    static func any(_ plans: [QueryPlan]) -> QueryPlan {
        plans.count == 1 ? plans[0] : .bool(BoolPlan(should: plans, minimumShouldMatch: 1))
    }
}
