internal import Dispatch
internal import Synchronization
internal import VectorIndex

extension Shard {
    /// Makes everything written so far visible to searches.
    ///
    /// Waits until the vectors written before are in their graphs. Does nothing if nothing was written.
    ///
    /// - Returns: the view that searches see from now on.
    /// - Throws: `ShardError` if a graph could not take its vectors.
    @discardableResult
    public func refresh() async throws(ShardError) -> ShardView {
        let current = view
        let next = state.withLock { state in state.generation == current.generation ? nil : state }
        guard let next else { return current }
        await settleGraphs()
        if let failure = graphFailure.withLock({ $0 }) { throw failure }
        let fresh = ShardView(next, store: store, lease: leases.take(next.generation), counters: counters)
        let visible = published.withLock { published in
            // Another refresh may have overtaken this one.
            if fresh.generation > published.generation { published = fresh }
            return published
        }
        counters.refreshes.add(1, ordering: .relaxed)
        let dead = next.dead.count
        if dead >= configuration.purgeThreshold, dead * 4 >= next.live.count { try await purge() }
        return visible
    }

    /// Writes the graphs' checkpoints and empties the database's log, so that opening has little to recover.
    ///
    /// - Throws: `ShardError`.
    public func flush() async throws(ShardError) {
        // Taken before the queue is entered: by then it has inserted all that this state has.
        let snapshot = state.withLock { $0 }
        try await onGraphs { shard throws(ShardError) in
            if let failure = shard.graphFailure.withLock({ $0 }) { throw failure }
            let covered = snapshot.nextSequenceNumber - 1
            for (name, field) in snapshot.vectorFields where field.index.coveredSequenceNumber < covered {
                do throws(VectorIndexError) {
                    try field.index.checkpoint(coveredSequenceNumber: covered)
                } catch {
                    throw .vectors(field: name, error)
                }
            }
        }
        try await onWriter { shard throws(ShardError) in try shard.store.checkpoint() }
        counters.flushes.add(1, ordering: .relaxed)
    }

    /// Removes the rows and graph nodes of superseded documents that no view shows any more.
    ///
    /// - Throws: `ShardError`.
    /// - Complexity: O(rows of all field indexes): refreshes call it when many have gathered.
    public func purge() async throws(ShardError) {
        let ordinals = try await onWriter { shard throws(ShardError) -> OrdinalSet in try shard.purgeRows() }
        guard !ordinals.isEmpty else { return }
        try await onGraphs { shard throws(ShardError) in
            let fields = shard.state.withLock { $0.vectorFields }
            for (name, field) in fields {
                do throws(VectorIndexError) {
                    try field.index.remove(ordinals)
                } catch {
                    throw .vectors(field: name, error)
                }
            }
        }
    }

    private func purgeRows() throws(ShardError) -> OrdinalSet {
        let oldest = leases.oldest ?? .max
        let ordinals = state.withLock { state in state.dead.prefix { $0.generation <= oldest }.map(\.ordinal) }
        guard !ordinals.isEmpty else { return [] }
        let lost = try store.write { database in try DocumentRows.purge(ordinals, in: database) }
        let purged = OrdinalSet(ordinals)
        state.withLock { state in
            state.dead.removeFirst(ordinals.count)
            for (name, count) in lost { state.fieldDocuments[name, default: count] -= count }
            for name in state.vectorOrdinals.keys { state.vectorOrdinals[name]?.subtract(purged) }
        }
        return purged
    }

    /// Returns when everything enqueued so far is in the graphs.
    private func settleGraphs() async {
        await withCheckedContinuation { continuation in graphs.async { continuation.resume() } }
    }

    private func onGraphs<Value: Sendable>(
        _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        try await run(on: graphs, body)
    }

    private func onWriter<Value: Sendable>(
        _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        try await run(on: writer, body)
    }

    private func run<Value: Sendable>(
        on queue: DispatchQueue, _ body: @escaping @Sendable (Shard) throws(ShardError) -> Value
    ) async throws(ShardError) -> Value {
        let result: Result<Value, ShardError> = await withCheckedContinuation { continuation in
            queue.async {
                do throws(ShardError) {
                    continuation.resume(returning: .success(try body(self)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
