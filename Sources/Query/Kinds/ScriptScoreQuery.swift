public import Scripts

/// Every document that `query` matches, scored by a script: exact nearest neighbours, if it compares vectors.
public struct ScriptScoreQuery: Equatable, Sendable {
    public var query: Query
    /// Never `.stored` once the search is planned: it is looked up before.
    public var script: ScriptReference
    public var minimumScore: Float?

    public init(query: Query, script: ScriptReference, minimumScore: Float? = nil) {
        self.query = query
        self.script = script
        self.minimumScore = minimumScore
    }
}
