/// Documents with nested objects of a path that a query matches.
public struct NestedQuery: Equatable, Sendable {
    /// What the scores of a document's objects become.
    public enum ScoreMode: String, CaseIterable, Equatable, Hashable, Sendable {
        case avg, sum, min, max
        /// Nothing: documents are scored 0.
        case none
    }

    /// The objects' full path.
    public var path: String
    public var query: Query
    public var scoreMode: ScoreMode
    /// Whether a path that is not mapped matches nothing instead of failing the search.
    public var ignoresUnmapped: Bool
    /// Which of a hit's objects are shown with it; nil: none.
    public var innerHits: InnerHits?

    public init(
        path: String, query: Query, scoreMode: ScoreMode = .avg, ignoresUnmapped: Bool = false, innerHits: InnerHits? = nil
    ) {
        self.path = path
        self.query = query
        self.scoreMode = scoreMode
        self.ignoresUnmapped = ignoresUnmapped
        self.innerHits = innerHits
    }
}

/// Which nested objects are shown with a hit, and what of them.
public struct InnerHits: Equatable, Sendable {
    /// Nil: the path of the objects.
    public var name: String?
    public var from = 0
    public var size = 3
    public var ignoresUnmapped = false
    /// Nil: best scores first.
    public var sort: Sort?
    public var tracksScores = false
    public var fetch = Fetch()

    public init() {}
}

extension Query {
    /// The queries inside this one that a document may match because of which it is a hit: those whose inner hits are shown.
    var parts: [Query] {
        switch kind {
        case .bool(let bool): bool.filter + bool.must + bool.should
        case .constantScore(let filter): [filter]
        case .disMax(let queries, _): queries
        case .boosting(let positive, let negative, _): [positive, negative]
        case .functionScore(let score): [score.query]
        case .scriptScore(let script): [script.query]
        case .ranked(let ranked): ranked.others
        case .matchAll, .matchNone, .term, .terms, .range, .exists, .ids, .match, .multiMatch, .queryString, .pattern, .fuzzy, .geo,
            .knn, .nested, .positions, .moreLikeThis, .feature, .slice, .script, .termsSet, .join, .semantic:
            []
        }
    }
}
