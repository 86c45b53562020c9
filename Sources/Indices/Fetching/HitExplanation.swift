public import Query

/// How a hit's score came about, and which shard says so.
public struct HitExplanation: Equatable, Sendable {
    public var shard: Int
    public var nodeID: String
    public var explanation: Explanation
}

/// What `_explain` answers.
public struct ExplainResult: Sendable {
    public var index: String
    public var id: String
    /// Nil: there is no such document.
    public var explanation: Explanation?
    public var document: FetchedDocument?
}
