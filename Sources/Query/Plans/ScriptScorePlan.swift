public import Mapping
public import Scripts

/// Scoring of what a query matches by a script.
public struct ScriptScorePlan: Hashable, Sendable {
    /// A call of a vector function that is the same for all documents.
    public struct VectorCall: Hashable, Sendable {
        public var function: VectorScriptFunction
        public var field: String
        /// Of the field's dimensions; of bits, their bytes.
        public var vector: [Float]

        public init(function: VectorScriptFunction, field: String, vector: [Float]) {
            self.function = function
            self.field = field
            self.vector = vector
        }
    }

    public var query: QueryPlan
    public var script: ScoreScript
    /// One for each of the script's.
    public var calls: [VectorCall]
    /// How the script reads a document's fields.
    public var mapping: Mapping
    public var minimumScore: Float?

    public init(
        query: QueryPlan, script: ScoreScript, calls: [VectorCall], mapping: Mapping, minimumScore: Float? = nil
    ) {
        self.query = query
        self.script = script
        self.calls = calls
        self.mapping = mapping
        self.minimumScore = minimumScore
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(query)
        hasher.combine(script)
        hasher.combine(calls)
        hasher.combine(minimumScore)
    }
}
