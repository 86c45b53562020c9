internal import FieldIndex
internal import Mapping

/// Finds in a text what a plan looks for in its field.
///
/// What is found counts only where the part of the plan that looks for it matches: of a conjunction that lacks a term, nothing
/// is marked.
struct MatchFinder {
    /// How the words of a phrase are marked.
    enum Phrases {
        /// From the first to the last.
        case whole
        /// Each.
        case words
    }

    let text: HighlightedText
    /// Nil: whatever field a part of the plan is about.
    let field: String?
    let phrases: Phrases
    private let places: [String: [Int]]

    init(_ text: HighlightedText, field: String?, phrases: Phrases) {
        self.text = text
        self.field = field
        self.phrases = phrases
        places = Dictionary(grouping: text.tokens.indices) { text.tokens[$0].term }
    }

    /// In the order in which they begin.
    func matches(of plan: QueryPlan) -> [HighlightMatch] {
        find(plan).matches.sorted { ($0.start, $0.end, $0.term) < ($1.start, $1.end, $1.term) }
    }

    /// What a part of a plan found; whether it matches, nil where that is not known.
    private struct Found {
        var matches: [HighlightMatch] = []
        var isMatch: Bool?

        static let unknown = Found()
    }

    private func find(_ plan: QueryPlan) -> Found {
        switch plan {
        case .matchNone: return Found(isMatch: false)
        case .matchAll: return Found(isMatch: true)
        case .term(let field, .term(let term), _): return found(in: field) { all(of: [term]) }
        case .terms(let field, let values):
            return found(in: field) { all(of: values.compactMap(\.term)) }
        case .termIgnoringCase(let field, let term): return found(in: field) { all(like: .ignoringCase(term)) }
        case .matchingTerms(let field, let pattern): return found(in: field) { all(like: pattern) }
        case .fuzzy(let query): return found(in: query.field) { all { query.accepts($0) } }
        case .phrase(let phrase): return found(in: phrase.field) { all(phrase) { [places] in places[$0] ?? [] } }
        case .phrasePrefix(let phrase, _):
            return found(in: phrase.field) {
                all(phrase, lastPlaces: { prefix in text.tokens.indices.filter { text.tokens[$0].term.utf8.starts(with: prefix.utf8) } }) {
                    [places] in places[$0] ?? []
                }
            }
        case .bool(let bool): return find(bool)
        case .disMax(let plans, _): return any(plans, atLeast: 1)
        case .boosting(let plan, _, _), .constantScore(let plan), .boosted(let plan, _), .named(let plan, _): return find(plan)
        case .functionScore(let plan): return find(plan.query)
        case .scriptScore(let plan): return find(plan.query)
        case .text(.spans(let field, let query, _)): return found(in: field) { all(of: query) }
        case .text(.combined(let combined)):
            guard let wanted = field, combined.fields.contains(where: { $0.name == wanted }) else {
                return field == nil ? Found(matches: all(of: combined.terms), isMatch: nil) : .unknown
            }
            // The word may stand in another of the fields.
            return Found(matches: all(of: combined.terms), isMatch: nil)
        case .text(.moreLike(let plan)):
            return Found(matches: all(of: plan.words.filter { field == nil || $0.field == field }.map(\.term)), isMatch: nil)
        case .nested(let plan): return find(plan.query)
        case .ranked(let plan): return any(plan.others, atLeast: 1)
        case .termsSet(let plan): return any(plan.terms, atLeast: 1)
        case .term, .range, .geoBox, .geoCircle, .exists, .ids, .knn, .special, .slice, .script, .join: return .unknown
        }
    }

    private func find(_ bool: BoolPlan) -> Found {
        var joined = any(bool.should, atLeast: bool.minimumShouldMatch)
        if joined.isMatch == false { return joined }
        var isCertain = joined.isMatch != nil
        for clause in bool.must + bool.filter {
            let found = find(clause)
            if found.isMatch == false { return Found(isMatch: false) }
            if found.isMatch == nil { isCertain = false }
            joined.matches += found.matches
        }
        for clause in bool.mustNot {
            let found = find(clause)
            if found.isMatch == true { return Found(isMatch: false) }
            if found.isMatch == nil { isCertain = false }
        }
        joined.isMatch = isCertain ? true : nil
        return joined
    }

    private func any(_ plans: [QueryPlan], atLeast minimum: Int) -> Found {
        var joined = Found(isMatch: true)
        var certain = 0, possible = 0
        for plan in plans {
            let found = find(plan)
            joined.matches += found.matches
            if found.isMatch == true { certain += 1 }
            if found.isMatch != false { possible += 1 }
        }
        if possible < minimum { return Found(isMatch: false) }
        joined.isMatch = certain >= minimum ? true : nil
        return joined
    }

    private func found(in field: String, _ body: () -> [HighlightMatch]) -> Found {
        guard let wanted = self.field else {
            // Elsewhere the same words may be missing.
            return Found(matches: body(), isMatch: nil)
        }
        guard field == wanted else { return .unknown }
        let matches = body()
        return Found(matches: matches, isMatch: !matches.isEmpty)
    }

    // MARK: Terms

    private func all(of terms: [String]) -> [HighlightMatch] {
        terms.flatMap { term in (places[term] ?? []).map(match) }
    }

    private func all(like pattern: TermPattern) -> [HighlightMatch] {
        var test = pattern.test
        return all { test.accepts($0) }
    }

    private func all(_ accepts: (String) -> Bool) -> [HighlightMatch] {
        places.keys.filter(accepts).flatMap { (places[$0] ?? []).map(match) }
    }

    /// The words that a span query is made of.
    private func all(of span: SpanQuery) -> [HighlightMatch] {
        switch span {
        case .nothing: return []
        case .term(let term): return all(of: [term])
        case .matching(let pattern): return all(like: pattern)
        case .fuzzy(let query): return all { query.accepts($0) }
        case .any(let parts): return parts.flatMap { all(of: $0) }
        case .near(let parts, _, _):
            let found = parts.map { all(of: $0) }
            return found.contains(where: \.isEmpty) ? [] : found.flatMap { $0 }
        case .first(let part, _), .apart(let part, _, _, _), .related(let part, _, _): return all(of: part)
        }
    }

    private func match(_ token: Int) -> HighlightMatch {
        HighlightMatch(term: text.tokens[token].term, start: text.tokens[token].start, end: text.tokens[token].end)
    }

    // MARK: Phrases

    private func all(
        _ phrase: PhraseQuery, lastPlaces: ((String) -> [Int])? = nil, _ places: (String) -> [Int]
    ) -> [HighlightMatch] {
        var slots = phrase.slots.map { slot in slot.terms.flatMap(places) }
        if let lastPlaces, let last = phrase.slots.last { slots[slots.count - 1] = last.terms.flatMap(lastPlaces) }
        for slot in slots.indices { slots[slot].sort { text.tokens[$0].position < text.tokens[$1].position } }
        var search = PhrasePlaces(slots: slots, offsets: phrase.slots.map(\.position)) { text.tokens[$0].position }
        let name = phrase.slots.map { $0.terms.joined(separator: "|") }.joined(separator: " ")
        var found: [HighlightMatch] = []
        var seen = Set<Int>()
        for tokens in search.all(slop: phrase.slop) {
            switch phrases {
            case .whole:
                found.append(
                    HighlightMatch(
                        term: name, start: tokens.map { text.tokens[$0].start }.min() ?? 0,
                        end: tokens.map { text.tokens[$0].end }.max() ?? 0))
            case .words: for token in tokens where seen.insert(token).inserted { found.append(match(token)) }
            }
        }
        return found
    }
}

extension IndexedValue {
    /// Nil for numbers.
    fileprivate var term: String? {
        if case .term(let term) = self { term } else { nil }
    }
}
