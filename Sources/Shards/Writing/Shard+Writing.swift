internal import Dispatch
internal import Logging
internal import Synchronization
internal import VectorIndex

extension Shard {
    /// Carries out operations in order, together with those of concurrent callers in one durable commit.
    ///
    /// A refused operation leaves nothing behind and does not keep the others from being done.
    ///
    /// - Returns: a result for each operation, in order, when all of them would survive a loss of power.
    public func write(_ operations: [ShardOperation]) async -> [Result<ShardWriteResult, WriteRefusal>] {
        if operations.isEmpty { return [] }
        return await withCheckedContinuation { continuation in
            let request = WriteRequests.Request(operations: operations) { continuation.resume(returning: $0) }
            if requests.add(request) { writer.async { self.drainRequests() } }
        }
    }

    private func drainRequests() {
        guard let group = requests.next() else { return }
        // Graphs are slower than the database: writers wait rather than let vectors pile up.
        if counters.pendingVectors.load(ordering: .relaxed) > configuration.maximumPendingVectors { graphs.sync {} }
        if fields.waitingCount > configuration.maximumPendingDocuments { fields.settle() }
        let results = commit(group.flatMap(\.operations))
        var rest = results[...]
        for request in group {
            request.completion(Array(rest.prefix(request.operations.count)))
            rest = rest.dropFirst(request.operations.count)
        }
        // One commit at a time on the queue, so that a purge gets its turn between them.
        writer.async { self.drainRequests() }
    }

    private func commit(_ operations: [ShardOperation]) -> [Result<ShardWriteResult, WriteRefusal>] {
        var commit = ShardCommit(directory: directory, store: store, state: state.withLock { $0 })
        do {
            try commit.run(operations)
        } catch {
            return operations.map { _ in .failure(.storage(error)) }
        }
        let finished = commit
        state.withLock { state in
            state = finished.state
            fields.add(finished.documents, end: finished.state.nextOrdinal)
            enqueueInsertions(finished.insertions)
        }
        counters.count(finished.results)
        return finished.results
    }

    /// Inserts into the graphs in the background. Called under the lock of the state, so that a refresh that sees a
    /// commit also waits for its insertions.
    private func enqueueInsertions(_ insertions: [ShardCommit.Insertion]) {
        guard !insertions.isEmpty else { return }
        let count = insertions.reduce(0) { $0 + $1.ordinals.count }
        counters.pendingVectors.add(count, ordering: .relaxed)
        graphs.async { [self] in
            for insertion in insertions {
                do throws(VectorIndexError) {
                    try insertion.index.insert(insertion.ordinals, threads: configuration.graphThreads)
                } catch {
                    insertionsFailed.store(true, ordering: .relaxed)
                    logger.error(
                        "vectors could not be inserted into their graph",
                        metadata: ["field": .string(insertion.field), "reason": .string(String(describing: error))])
                }
            }
            counters.pendingVectors.subtract(count, ordering: .relaxed)
        }
    }
}
