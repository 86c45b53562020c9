public import Ordinals

extension FieldIndexView {
    /// The scorer of a term; nil where no document has it.
    func scorer(of term: ScoredTerm) -> TermScorer? {
        let matching = documentFrequency(of: term.term, in: term.field)
        guard matching > 0 else { return nil }
        let documents = min(term.documentFrequency ?? matching, statistics(of: term.field).documents)
        return scorer(term.similarity, [(term.term, documents)], in: term.field, boost: term.boost)
    }

    /// Documents that have a term, by the term's similarity.
    ///
    /// - Parameter accepted: only these are scored.
    /// - Complexity: O(documents with the term), or O(accepted · log) for few.
    public func score(_ term: ScoredTerm, among accepted: OrdinalSet) -> ScoredDocuments {
        guard let scorer = scorer(of: term) else { return ScoredDocuments() }
        let matching = documentFrequency(of: term.term, in: term.field)
        let words = OrdinalWords(limit: limit)
        let scores = [Float](unsafeUninitializedCapacity: min(matching, accepted.count)) { scores, count in
            for segment in segments {
                guard let index = segment.terms(term.field), let list = index.postings(of: term.term) else { continue }
                index.score(list, scorer, among: accepted, isNarrow: accepted.count < matching / 16) { ordinal, score in
                    words.insert(ordinal)
                    scores[count] = score
                    count += 1
                }
            }
        }
        return ScoredDocuments(ordinals: words.set, scores: scores)
    }

    /// Documents that have any of some terms, by the sum of their scores.
    ///
    /// - Complexity: O(sum of the terms' documents + limit).
    public func score(anyOf terms: [ScoredTerm], among accepted: OrdinalSet) -> ScoredDocuments {
        if terms.count == 1 { return score(terms[0], among: accepted) }
        let words = OrdinalWords(limit: limit)
        var sums = [Float](repeating: 0, count: limit)
        sums.withUnsafeMutableBufferPointer { sums in
            for term in terms {
                guard let scorer = scorer(of: term) else { continue }
                let matching = documentFrequency(of: term.term, in: term.field)
                for segment in segments {
                    guard let index = segment.terms(term.field), let list = index.postings(of: term.term) else { continue }
                    index.score(list, scorer, among: accepted, isNarrow: accepted.count < matching / 16) { ordinal, score in
                        words.insert(ordinal)
                        sums[ordinal] += score
                    }
                }
            }
        }
        let found = words.set
        let scores = [Float](unsafeUninitializedCapacity: found.count) { scores, count in
            found.forEach { ordinal in
                scores[count] = sums[Int(ordinal)]
                count += 1
            }
        }
        return ScoredDocuments(ordinals: found, scores: scores)
    }
}

extension TermIndex {
    /// Scores the documents of a term that are accepted, ascending.
    ///
    /// - Parameter isNarrow: whether it is better to look for each accepted document than to go through all.
    @inline(__always)
    func score(
        _ list: PostingList, _ scorer: TermScorer, among accepted: OrdinalSet, isNarrow: Bool, _ body: (Int, Float) -> Void
    ) {
        switch scorer {
        case .bm25(let scorer):
            scorer.inverses.withUnsafeBufferPointer { inverses in
                let weight = scorer.weight
                visit(list, among: accepted, isNarrow: isNarrow) { ordinal, posting in
                    guard isText else { return body(ordinal, weight - weight / (1 + inverses[1])) }
                    var frequency = Int(frequencies.elements[posting])
                    if frequency == Self.largeFrequency { frequency = largeFrequency(posting) }
                    body(ordinal, weight - weight / (1 + Float(frequency) * inverses[Int(lengths.elements[posting])]))
                }
            }
        case .constant(let score): visit(list, among: accepted, isNarrow: isNarrow) { ordinal, _ in body(ordinal, score) }
        case .scripted(let scorer):
            visit(list, among: accepted, isNarrow: isNarrow) { ordinal, posting in
                body(
                    ordinal, scorer.score(frequency: Float(frequency(posting)), lengthCode: isText ? lengths[posting] : 1))
            }
        case .model(let scorer):
            visit(list, among: accepted, isNarrow: isNarrow) { ordinal, posting in
                body(
                    ordinal, scorer.score(frequency: Float(frequency(posting)), lengthCode: isText ? lengths[posting] : 1))
            }
        }
    }

    /// Calls `body` with the accepted documents of a term, ascending, and their postings.
    @inline(__always)
    private func visit(
        _ list: PostingList, among accepted: OrdinalSet, isNarrow: Bool, _ body: (_ ordinal: Int, _ posting: Int) -> Void
    ) {
        accepted.words.withUnsafeBufferPointer { accepted in
            if isNarrow {
                var cursor = PostingCursor(list)
                for index in (base >> 6)..<max(base >> 6, accepted.count) {
                    var rest = accepted[index]
                    while rest != 0 {
                        let ordinal = index << 6 + rest.trailingZeroBitCount
                        rest &= rest - 1
                        if let posting = cursor.posting(of: ordinal - base) { body(ordinal, posting) }
                    }
                }
            } else {
                list.forEach { document, posting in
                    let ordinal = base + document
                    let index = ordinal >> 6
                    guard index < accepted.count, accepted[index] >> UInt64(ordinal & 63) & 1 == 1 else { return }
                    body(ordinal, posting)
                }
            }
        }
    }
}
