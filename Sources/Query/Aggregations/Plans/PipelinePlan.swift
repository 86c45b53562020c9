/// A pipeline aggregation, and how its numbers are written. It needs no field: it runs over what is reduced.
public struct PipelinePlan: Equatable, Sendable {
    public var pipeline: PipelineAggregation
    public var format: ValuesSource.Format
}
