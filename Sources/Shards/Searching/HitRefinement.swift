public import Query

/// What becomes of a shard's matches before they are hits; aggregations see none of it but the scope and the early end.
public struct HitRefinement: Sendable {
    /// What is searched at all; nil: every document.
    public var scope: QueryPlan?
    /// What hits must match.
    public var postFilter: QueryPlan?
    /// One after the other, over the best documents.
    public var rescorers: [RescorePlan] = []
    /// What documents of one group have in common, of which only the first is a hit.
    public var group: OrderKey?
    /// How many documents are looked at; nil: all.
    public var terminateAfter: Int?

    public init() {}

    public init(_ plan: SearchPlan) {
        scope = plan.scope
        postFilter = plan.postFilter
        rescorers = plan.rescorers
        group = plan.group
        terminateAfter = plan.terminateAfter
    }
}
