internal import Mapping
internal import Query
internal import Shards

/// A shard as a search, a scroll or a point in time sees it.
struct SearchShard: Sendable {
    let index: Index
    /// Which of the index's shards it is.
    let number: Int
    let view: ShardView
    /// What its index's aliases let through by which it was found; nil: all documents.
    var filter: Query?
}

/// A shard with what a search needs of it: the view that all phases share, and the plan for its index's mapping.
struct SearchTarget: Sendable {
    let index: Index
    /// Which of the index's shards it is.
    let number: Int
    /// Its place among all the shards of the search, whatever becomes of them.
    let position: Int
    let nodeID: String
    /// Milliseconds since 1970 that `now` means in dates.
    let now: Int64
    let mapping: Mapping
    var plan: SearchPlan
    var view: ShardView

    func profile(_ nearest: [SearchProfile.Phase?], _ query: SearchProfile.Phase) -> SearchProfile.Shard {
        SearchProfile.Shard(nodeID: nodeID, index: index.name, number: number, nearest: nearest, query: query)
    }
}

extension [SearchTarget] {
    /// The same with the runtime fields that their searches ask for.
    ///
    /// - Throws: `ShardFailures`.
    func derived() async throws -> [SearchTarget] {
        if allSatisfy({ $0.plan.runtime.isEmpty }) { return self }
        return try await forEachShard { _, target in
            var target = target
            target.view = try target.view.deriving(target.plan.runtime, mapping: target.mapping)
            return target
        }
    }
}
