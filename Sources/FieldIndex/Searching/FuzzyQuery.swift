/// Terms that differ from one by few edits.
public struct FuzzyQuery: Hashable, Sendable {
    public static let maximumEdits = 2

    public var field: String
    public var term: String
    /// 0 to 2.
    public var edits: Int
    /// Scalars at the beginning that must be the same.
    public var prefixLength: Int
    /// Terms that are taken at most: the closest.
    public var maximumExpansions: Int
    /// Whether two neighbours that changed places are one edit, not two.
    public var allowsTranspositions: Bool
    public var similarity: Similarity

    public init(
        field: String, term: String, edits: Int, prefixLength: Int = 0, maximumExpansions: Int = 50,
        allowsTranspositions: Bool = true, similarity: Similarity = .standard
    ) {
        self.field = field
        self.term = term
        self.edits = edits
        self.prefixLength = prefixLength
        self.maximumExpansions = maximumExpansions
        self.allowsTranspositions = allowsTranspositions
        self.similarity = similarity
    }
}

extension FieldIndexView {
    /// The terms that a fuzzy query takes, each with what its score is multiplied by: closest first, then in their order.
    ///
    /// As Lucene's `FuzzyQuery` has it: each counts as often as the most frequent of them, so that misspellings, which are
    /// rare, do not score more than what they should have been.
    ///
    /// - Complexity: O(terms that begin with the prefix).
    public func expansions(of query: FuzzyQuery) -> [ScoredTerm] {
        let wanted = Array(query.term.unicodeScalars)
        let prefix = Array(String(String.UnicodeScalarView(wanted.prefix(max(0, query.prefixLength)))).utf8)
        var distance = EditDistance(wanted, limit: min(query.edits, FuzzyQuery.maximumEdits), query.allowsTranspositions)
        var found: [String: Float] = [:]
        for segment in segments {
            guard let dictionary = segment.terms(query.field)?.dictionary else { continue }
            for rank in dictionary.ranks(withPrefix: prefix) {
                let utf8 = dictionary.utf8(rank)
                // A scalar has four bytes at most, and one at least.
                guard utf8.count <= 4 * (wanted.count + query.edits), 4 * utf8.count + query.edits >= wanted.count else { continue }
                guard let (edits, length) = distance.edits(to: utf8) else { continue }
                found[String(decoding: utf8, as: UTF8.self)] = edits == 0 ? 1 : 1 - Float(edits) / Float(min(length, wanted.count))
            }
        }
        let kept = found.filter { $0.value > 0 }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            .prefix(query.maximumExpansions)
        let greatest = kept.map { documentFrequency(of: $0.key, in: query.field) }.max()
        return kept.map {
            ScoredTerm(
                field: query.field, term: $0.key, boost: $0.value, documentFrequency: greatest, similarity: query.similarity)
        }
    }
}
