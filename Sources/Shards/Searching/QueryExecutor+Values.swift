internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query
internal import VectorIndex

/// What values find: terms, numbers and patterns of them.
extension QueryExecutor {
    /// The phrase with terms in the place of its last one, a prefix; nil where none begins so.
    func completed(_ phrase: PhraseQuery, _ expansions: Int) -> PhraseQuery? {
        guard var last = phrase.slots.last else { return nil }
        var found: [String] = []
        for prefix in last.terms {
            for term in view.fields.terms(withPrefix: prefix, limit: expansions, in: phrase.field) where !found.contains(term) {
                found.append(term)
            }
        }
        if found.isEmpty { return nil }
        last.terms = found
        var phrase = phrase
        phrase.slots[phrase.slots.count - 1] = last
        return phrase
    }

    func documents(with value: IndexedValue, in field: String) -> OrdinalSet {
        switch value {
        case .term(let term): view.fields.documents(withAnyOf: [term], in: field)
        case .long(let value): view.fields.documents(withNumberIn: value...value, of: field)
        case .double(let value): value.isNaN ? [] : view.fields.documents(withNumberIn: value...value, of: field)
        }
    }

    func documents(withAnyOf values: [IndexedValue], in field: String) -> OrdinalSet {
        var found = view.fields.documents(
            withAnyOf: values.compactMap { if case .term(let term) = $0 { term } else { nil } }, in: field)
        for value in values {
            if case .term = value { continue }
            found.formUnion(documents(with: value, in: field))
        }
        return found
    }

    func documents(in range: IndexedRange, of field: String, among accepted: OrdinalSet) -> OrdinalSet {
        switch range {
        case .longs(let range): view.fields.documents(withNumberIn: range, of: field, among: accepted)
        case .doubles(let range): view.fields.documents(withNumberIn: range, of: field, among: accepted)
        case .terms(let lower, let upper):
            view.fields.documents(
                withTermsFrom: lower.map { TermBound($0.term, isInclusive: $0.isInclusive) },
                to: upper.map { TermBound($0.term, isInclusive: $0.isInclusive) }, in: field)
        }
    }

    func documents(matching pattern: TermPattern, in field: String) throws(ShardError) -> OrdinalSet {
        do {
            return try view.fields.documents(matching: pattern, in: field)
        } catch {
            throw .pattern(field: field, error)
        }
    }

    func rarity(of matching: Int, in field: String, _ similarity: Similarity) -> Float {
        if matching == 0 { return 0 }
        if similarity == .boolean { return 1 }
        let statistics = view.fields.statistics(of: field)
        let rarity = BM25.inverseDocumentFrequency(documents: statistics.documents, matching: matching)
        return BM25(inverseDocumentFrequency: rarity, averageLength: statistics.averageLength).scoreOfValue
    }
}
