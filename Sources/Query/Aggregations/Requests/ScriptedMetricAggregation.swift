public import Scripts

/// `scripted_metric`: scripts that gather of documents, and make one value of what all shards gathered.
public struct ScriptedMetricAggregation: Equatable, Sendable {
    public var initial: ScriptReference?
    public var map: ScriptReference
    public var combine: ScriptReference
    public var reduce: ScriptReference
    /// Of all four.
    public var parameters: ScriptParameters

    public init(
        initial: ScriptReference? = nil, map: ScriptReference, combine: ScriptReference, reduce: ScriptReference,
        parameters: ScriptParameters = ScriptParameters()
    ) {
        self.initial = initial
        self.map = map
        self.combine = combine
        self.reduce = reduce
        self.parameters = parameters
    }
}
