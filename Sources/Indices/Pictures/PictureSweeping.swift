internal import Dispatch
internal import Foundation
internal import Shards
internal import Synchronization

/// When an index's kept pictures are swept: after documents went, and not so often that it would be felt.
final class PictureSweeping: Sendable {
    private struct State {
        /// Documents that were gone at the last sweep that was finished; nil before the first.
        var deleted: Int?
        var next = ContinuousClock.now
    }

    private let record: IndexRecord
    private let shards: [Shard]
    private let state = Mutex(State())

    init(record: IndexRecord, shards: [Shard]) {
        self.record = record
        self.shards = shards
    }

    /// Sweeps, if it is time.
    ///
    /// - Returns: whether there is more to do.
    /// - Throws: `IndicesError.file`.
    func run() async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            Self.queue.async { continuation.resume(with: Result { try self.sweep() }) }
        }
    }

    private static let queue = DispatchQueue(label: "pictures.sweep", qos: .utility)

    private func sweep() throws(IndicesError) -> Bool {
        let deleted = shards.reduce(0) { $0 + $1.statistics.deletedDocuments }
        let (isDue, isTime) = state.withLock { ($0.deleted != deleted, $0.next <= .now) }
        guard isDue else { return false }
        guard isTime else { return true }
        let start = ContinuousClock.now
        let result = try PictureSweep(store: PictureStore(index: record), shards: shards, mapping: record.metadata.mapping)
            .run(now: Date().timeIntervalSince1970)
        state.withLock { state in
            // A twentieth of the time at most.
            state.next = ContinuousClock.now.advanced(by: start.duration(to: .now) * 20)
            if result == .finished { state.deleted = deleted }
        }
        return result == .later
    }
}
