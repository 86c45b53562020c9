internal import Glibc
public import FieldIndex
internal import Mapping

/// Plans of texts that are more than terms and phrases.
public enum TextPlan: Hashable, Sendable {
    case spans(field: String, SpanQuery, SpanQuery.Scoring)
    case combined(CombinedTerm)
    case moreLike(MoreLikePlan)

    var fields: [String] {
        switch self {
        case .spans(let field, _, _): [field]
        case .combined(let term): term.fields.map(\.name)
        case .moreLike(let plan): plan.words.map(\.field)
        }
    }
}

/// The words of some texts by field; which of them say most only a shard knows.
public struct MoreLikePlan: Hashable, Sendable {
    /// A word of the texts, and how often it comes in them.
    public struct Word: Hashable, Sendable {
        public var field: String
        public var term: String
        public var frequency: Int
        public var similarity: Similarity
    }

    public var words: [Word]
    public var maximumTerms: Int
    public var documentFrequency: ClosedRange<Int>
    public var minimumShouldMatch: MinimumShouldMatch?
    public var termBoost: Float
    /// Documents that are not wanted themselves.
    public var excluded: [String]

    /// The query of the words that say most.
    ///
    /// - Parameter documentFrequency: in how many documents a term of a field is; `documents`, of how many.
    /// - Complexity: O(words · log words).
    public func query(documents: Int, _ documentFrequency: (_ field: String, _ term: String) -> Int) -> QueryPlan {
        var scored: [(word: Word, score: Double)] = []
        for word in words {
            let frequency = documentFrequency(word.field, word.term)
            guard frequency > 0, self.documentFrequency.contains(frequency) else { continue }
            scored.append((word, Double(word.frequency) * (log(Double(documents + 1) / Double(frequency + 1)) + 1)))
        }
        scored.sort { ($1.score, $0.word.term, $0.word.field) < ($0.score, $1.word.term, $1.word.field) }
        let best = scored.prefix(maximumTerms)
        guard let greatest = best.first?.score else { return .matchNone }
        let clauses = best.map { word, score -> QueryPlan in
            let term = QueryPlan.term(field: word.field, value: .term(word.term), scoring: .by(word.similarity))
            return termBoost > 0 ? .boosted(term, by: termBoost * Float(score / greatest)) : term
        }
        let minimum = max(1, minimumShouldMatch?.count(of: clauses.count) ?? 1)
        if minimum > clauses.count { return .matchNone }
        return .bool(
            BoolPlan(should: clauses, mustNot: excluded.isEmpty ? [] : [.ids(excluded)], minimumShouldMatch: minimum))
    }
}
