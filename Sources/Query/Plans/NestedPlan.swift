/// Nested objects of one path, and the documents that they are seen from.
public struct NestedLevel: Hashable, Sendable {
    public var path: String
    /// The path of the objects around them; nil: the documents themselves.
    public var parent: String?

    public init(path: String, parent: String?) {
        self.path = path
        self.parent = parent
    }
}

/// The documents, or objects of a level's parent, around what a plan matches among the level's objects.
public struct NestedPlan: Hashable, Sendable {
    public var level: NestedLevel
    public var query: QueryPlan
    public var scoreMode: NestedQuery.ScoreMode

    public init(level: NestedLevel, query: QueryPlan, scoreMode: NestedQuery.ScoreMode) {
        self.level = level
        self.query = query
        self.scoreMode = scoreMode
    }
}

/// Inner hits bound to a mapping.
public struct InnerHitsPlan: Equatable, Sendable {
    public var name: String
    public var level: NestedLevel
    /// What is shown matches it.
    public var query: QueryPlan
    /// Multiplies the scores.
    public var boost: Float
    public var from: Int
    public var size: Int
    public var sort: Sort?
    public var order: DocumentOrder
    public var tracksScores: Bool
    public var fetch: Fetch
    public var scriptFields: [ScriptFieldPlan]
    /// What the order has computed of the objects that match.
    public var derived: [DerivedField]
    /// Those of the objects that are shown.
    public var nested: [InnerHitsPlan]
    /// Where children or parents are shown, and no objects.
    public var join: JoinPlan?
}
