public import Ordinals

extension FieldIndexView {
    /// Documents in which a phrase stands, by BM25: as one term that is as rare as all of its terms together.
    ///
    /// - Complexity: O(documents that have all terms, and the terms' places in them).
    public func score(_ phrase: PhraseQuery, boost: Float = 1, among accepted: OrdinalSet) -> ScoredDocuments {
        let present = statistics(of: phrase).map { (term: $0.term, documents: $0.documents) }
        let scorer = scorer(phrase.similarity, present, in: phrase.field, boost: boost)
        var found: [UInt32] = []
        var scores: [Float] = []
        forEachOccurrence(of: phrase, among: accepted) { ordinal, frequency, lengthCode in
            found.append(ordinal)
            scores.append(scorer.score(frequency: frequency, lengthCode: lengthCode))
        }
        return ScoredDocuments(ordinals: OrdinalSet(found), scores: scores)
    }

    /// Calls `body` with each document in which a phrase stands, ascending.
    func forEachOccurrence(
        of phrase: PhraseQuery, among accepted: OrdinalSet, _ body: (_ ordinal: UInt32, _ frequency: Float, _ lengthCode: UInt8) -> Void
    ) {
        guard !phrase.slots.isEmpty else { return }
        var candidates = accepted
        for slot in phrase.slots { candidates.formIntersection(documents(withAnyOf: slot.terms, in: phrase.field)) }
        if candidates.isEmpty { return }
        for segment in segments {
            guard let index = segment.terms(phrase.field), index.isText else { continue }
            let inside = candidates.intersection(segment.ordinals)
            if inside.isEmpty { continue }
            if var exact = ExactPhrase(phrase, in: index) {
                inside.forEach { ordinal in
                    guard let found = exact.occurrences(in: Int(ordinal) - index.base, of: index) else { return }
                    body(ordinal, Float(found.count), index.lengths[found.posting])
                }
            } else {
                forEachOccurrence(of: phrase, in: index, among: inside, body)
            }
        }
    }

    private func forEachOccurrence(
        of phrase: PhraseQuery, in index: TermIndex, among candidates: OrdinalSet, _ body: (UInt32, Float, UInt8) -> Void
    ) {
        var matcher = PhraseMatcher(phrase)
        var terms = phrase.slots.map { slot in slot.terms.compactMap { index.postings(of: $0).map(TermPlaces.init) } }
        candidates.forEach { ordinal in
            var lengthCode: UInt8 = 1
            for slot in terms.indices {
                matcher.places[slot].removeAll(keepingCapacity: true)
                for term in terms[slot].indices {
                    guard let found = terms[slot][term].find(Int(ordinal) - index.base, in: index) else { continue }
                    lengthCode = index.lengths[found.posting]
                    index.appendPositions(found.places, to: &matcher.places[slot])
                }
                if terms[slot].count > 1 { matcher.places[slot].sort() }
                for place in matcher.places[slot].indices { matcher.places[slot][place] &-= matcher.offsets[slot] }
            }
            let frequency = matcher.frequency()
            if frequency > 0 { body(ordinal, frequency, lengthCode) }
        }
    }
}
