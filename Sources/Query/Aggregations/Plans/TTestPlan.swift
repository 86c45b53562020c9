/// `t_test` bound to a mapping.
public struct TTestPlan: Equatable, Sendable {
    /// A population's values. A document without one counts with `missing`, or not at all.
    public struct Population: Equatable, Sendable {
        public var source: ValuesSource
        public var missing: Double?
        /// Nil: all documents.
        public var filter: QueryPlan?
    }

    public var first: Population
    public var second: Population
    public var kind: TTestAggregation.Kind
    public var tails: Int
    public var format: ValuesSource.Format
}
