public import Ordinals

extension FieldIndexView {
    /// Documents that have any of some named weights, by a sum over them.
    ///
    /// - Parameters:
    ///   - features: the names, with what each weight of a document is made to.
    ///   - accepted: only these are scored.
    /// - Complexity: O(sum of the features' documents · log + limit).
    public func score(
        features: [(name: String, score: (UInt32) -> Float)], of field: String, among accepted: OrdinalSet
    ) -> ScoredDocuments {
        let words = OrdinalWords(limit: limit)
        var sums = [Float](repeating: 0, count: limit)
        for segment in segments {
            guard let index = segment.terms(field), index.isText else { continue }
            for feature in features {
                guard let list = index.postings(of: feature.name) else { continue }
                list.forEach { document, posting in
                    let ordinal = index.base + document
                    guard accepted.contains(UInt32(ordinal)) else { return }
                    words.insert(ordinal)
                    sums[ordinal] += feature.score(UInt32(clamping: index.frequency(posting)))
                }
            }
        }
        let found = words.set
        var scores: [Float] = []
        scores.reserveCapacity(found.count)
        found.forEach { scores.append(sums[Int($0)]) }
        return ScoredDocuments(ordinals: found, scores: scores)
    }

    /// The mean of a feature's weights, dead documents' too; nil where no document has it.
    ///
    /// - Complexity: O(documents with the feature).
    public func meanWeight(of feature: String, in field: String) -> Double? {
        var (sum, count) = (0, 0)
        for segment in segments {
            guard let index = segment.terms(field), index.isText, let list = index.postings(of: feature) else { continue }
            list.forEach { _, posting in
                sum += index.frequency(posting)
                count += 1
            }
        }
        return count == 0 ? nil : Double(sum) / Double(count)
    }

    /// Documents that have a term that passes a test.
    ///
    /// - Complexity: O(terms of the field), and the documents of those that pass.
    public func documents(withTermsOf field: String, where isAccepted: (String) -> Bool) -> OrdinalSet {
        let words = OrdinalWords(limit: limit)
        for segment in segments {
            guard let index = segment.terms(field) else { continue }
            for rank in 0..<index.dictionary.count where isAccepted(index.dictionary.term(rank)) {
                index.postings(rank).insert(into: words)
            }
        }
        return words.set
    }
}

extension FieldIndexView {
    /// How many postings a field's terms have together, dead documents' too.
    ///
    /// - Complexity: O(segments).
    public func postingCount(of field: String) -> Int {
        segments.reduce(0) { $0 + ($1.terms(field)?.postingCount ?? 0) }
    }
}
