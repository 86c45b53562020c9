public import Ordinals

/// A word looked for in several fields as if they were one: BM25F with simple weights.
///
/// Source: Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), 3.6; Lucene's
/// `CombinedFieldQuery`.
public struct CombinedTerm: Hashable, Sendable {
    /// A field that is taken as a part of one text.
    public struct Field: Hashable, Sendable {
        public var name: String
        /// At least 1: how often an occurrence counts.
        public var weight: Float

        public init(_ name: String, weight: Float = 1) {
            self.name = name
            self.weight = weight
        }
    }

    public var fields: [Field]
    /// The word, and others that stand for it.
    public var terms: [String]

    public init(fields: [Field], terms: [String]) {
        self.fields = fields
        self.terms = terms
    }
}

extension FieldIndexView {
    /// Documents that have the word in any of the fields.
    ///
    /// - Complexity: O(sum of the terms' documents + limit).
    public func score(_ combined: CombinedTerm, boost: Float = 1, among accepted: OrdinalSet) -> ScoredDocuments {
        var documents = 0, matching = 0
        var total = 0.0
        for field in combined.fields {
            let statistics = statistics(of: field.name)
            documents = max(documents, statistics.documents)
            total += Double(field.weight) * Double(statistics.totalFrequency)
            for term in combined.terms { matching = max(matching, documentFrequency(of: term, in: field.name)) }
        }
        guard matching > 0 else { return ScoredDocuments() }
        let scorer = BM25(
            inverseDocumentFrequency: BM25.inverseDocumentFrequency(documents: documents, matching: matching),
            averageLength: Float(total / Double(documents)), boost: boost)
        let words = OrdinalWords(limit: limit)
        var frequencies = [Float](repeating: 0, count: limit), lengths = [Float](repeating: 0, count: limit)
        for field in combined.fields {
            for segment in segments {
                guard let index = segment.terms(field.name) else { continue }
                for term in combined.terms {
                    index.postings(of: term)?.forEach { document, posting in
                        let ordinal = index.base + document
                        guard accepted.contains(UInt32(ordinal)) else { return }
                        words.insert(ordinal)
                        frequencies[ordinal] += field.weight * Float(index.frequency(posting))
                    }
                }
            }
        }
        let found = words.set
        // Lengths of the fields that lack the word count as well: they stand beside any other term of the document.
        for field in combined.fields { addLengths(of: field, found, to: &lengths) }
        return ScoredDocuments(
            ordinals: found,
            scores: found.map { ordinal in
                let code = LengthCode.encode(Int(min(lengths[Int(ordinal)], Float(Int32.max)).rounded()))
                return scorer.score(frequency: frequencies[Int(ordinal)], lengthCode: code)
            })
    }

    private func addLengths(of field: CombinedTerm.Field, _ ordinals: OrdinalSet, to lengths: inout [Float]) {
        // Those without the field would be looked for among all of its terms.
        let ordinals = ordinals.intersection(documents(having: field.name))
        for segment in segments {
            guard let index = segment.terms(field.name) else { continue }
            var missing = ordinals.intersection(segment.ordinals)
            for rank in 0..<index.dictionary.count {
                if missing.isEmpty { break }
                var seen: [UInt32] = []
                index.postings(rank).forEach { document, posting in
                    let ordinal = UInt32(index.base + document)
                    guard missing.contains(ordinal) else { return }
                    lengths[Int(ordinal)] += field.weight * (index.isText ? Float(LengthCode.decode(index.lengths[posting])) : 1)
                    seen.append(ordinal)
                }
                if !seen.isEmpty { missing.subtract(OrdinalSet(seen)) }
            }
        }
    }
}
