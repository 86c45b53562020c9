internal import Mapping
internal import Query
internal import Shards

/// A shard with what a search needs of it: the view that all phases share, and the plan for its index's mapping.
struct SearchTarget: Sendable {
    let index: Index
    let mapping: Mapping
    let plan: SearchPlan
    let view: ShardView
}
