internal import Synchronization

/// What a shard did since it was opened.
final class ShardCounters: Sendable {
    let indexed = Atomic(0)
    let deleted = Atomic(0)
    let searches = Atomic(0)
    let fetches = Atomic(0)
    let gets = Atomic(0)
    let refreshes = Atomic(0)
    let flushes = Atomic(0)
    /// Vectors committed that are not in their graphs yet.
    let pendingVectors = Atomic(0)

    func count(_ results: [Result<ShardWriteResult, WriteRefusal>]) {
        for case .success(let result) in results {
            switch result.outcome {
            case .created, .updated: indexed.add(1, ordering: .relaxed)
            case .deleted, .notFound: deleted.add(1, ordering: .relaxed)
            }
        }
    }
}
