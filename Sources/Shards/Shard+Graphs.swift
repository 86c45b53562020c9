internal import Dispatch
internal import FieldIndex
internal import Ordinals
internal import Synchronization
internal import VectorIndex

/// Graphs beside what is written: they are behind by what was committed last.
extension Shard {
    /// Seals what has grown, where it is much, or has been left alone for a while.
    ///
    /// - Throws: `ShardError`.
    func sealGrown() async throws(ShardError) {
        let quiet = quietSince.withLock { last in
            let now = state.withLock { $0.generation }
            defer { last = now }
            return now == last
        }
        let minimum = quiet ? configuration.quietSealThreshold : configuration.sealThreshold
        try await onSealer { shard throws(ShardError) in
            try shard.state.withLock { $0 }.eachVectorIndex { _, index throws(VectorIndexError) in
                do throws(VectorIndexError) {
                    try index.sealGrown(minimum: minimum, threads: shard.configuration.sealThreads)
                } catch .interrupted {
                    // The shard is being closed, or a forced merge waits: what has grown is sealed another time.
                }
            }
        }
    }

    func isCheckpointDue(_ index: VectorIndex) -> Bool {
        index.changesSinceCheckpoint >= max(configuration.checkpointThreshold, index.statistics.count / 10)
    }

    /// Inserts into the graphs whatever they lack.
    func insertMissing() async throws(ShardError) {
        try await onGraphs { shard throws(ShardError) in
            let state = shard.state.withLock { $0 }
            try state.eachVectorIndex { name, index throws(VectorIndexError) in
                let ordinals = state.needed.intersection(state.vectorOrdinals[name] ?? [])
                try index.insert(Array(ordinals), threads: shard.configuration.graphThreads)
            }
            shard.insertionsFailed.store(false, ordering: .relaxed)
        }
    }

    /// Returns when everything enqueued so far is in the graphs.
    func settleGraphs() async {
        await withCheckedContinuation { continuation in graphs.async { continuation.resume() } }
    }
}
