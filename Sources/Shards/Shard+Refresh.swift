internal import Dispatch
internal import FieldIndex
internal import Ordinals
internal import Synchronization
internal import VectorIndex

extension Shard {
    /// Whether searches see all that was written.
    public var isRefreshed: Bool { state.withLock { $0.generation } == view.generation }

    /// Makes everything written so far visible to searches.
    ///
    /// Waits until the vectors written before are in their graphs. Does nothing if nothing was written.
    ///
    /// - Returns: the view that searches see from now on.
    /// - Throws: `ShardError` if a graph could not take its vectors.
    @discardableResult
    public func refresh() async throws(ShardError) -> ShardView {
        let current = view
        if state.withLock({ $0.generation }) == current.generation { return current }
        let (next, segments) = await fields.refresh(
            { self.state.withLock { $0 } }, live: \.needed, alive: { self.neededOrdinals }, install: { self.show($0) })
        await settleGraphs()
        if insertionsFailed.load(ordering: .relaxed) { try await insertMissing() }
        let fresh = ShardView(
            next, fields: segments, store: store, lease: leases.take(next.generation), counters: counters)
        let visible = published.withLock { published in
            // Another refresh may have overtaken this one.
            if fresh.generation > published.generation { published = fresh }
            return published
        }
        counters.refreshes.add(1, ordering: .relaxed)
        let dead = next.dead.count
        if dead >= configuration.purgeThreshold, dead * 4 >= next.live.count + next.nestedObjects.count { try await purge() }
        return visible
    }

    /// Writes the graphs' checkpoints and empties the database's log, so that opening has little to recover.
    ///
    /// - Parameter onlyDue: writes a checkpoint, which costs as much as the whole graph, only where inserting again what
    ///   it misses would cost more (`ShardConfiguration.checkpointThreshold`), and seals what has grown, where it is due.
    /// - Throws: `ShardError`.
    public func flush(onlyDue: Bool = false) async throws(ShardError) {
        // What cannot be sealed is searched and written as it is.
        var failure: ShardError?
        if onlyDue {
            do throws(ShardError) { try await sealGrown() } catch { failure = error }
        }
        await settleGraphs()
        // A checkpoint waits for a sealing that is under way; insertions do not.
        try await onSealer { shard throws(ShardError) in
            try shard.state.withLock { $0 }.eachVectorIndex { _, index throws(VectorIndexError) in
                guard index.changesSinceCheckpoint > 0, !onlyDue || shard.isCheckpointDue(index) else { return }
                try index.checkpoint()
            }
        }
        try await flushFields(minimum: onlyDue ? configuration.checkpointThreshold : 0)
        try await onWriter { shard throws(ShardError) in try shard.store.checkpoint() }
        counters.flushes.add(1, ordering: .relaxed)
        if let failure { throw failure }
    }

    /// Removes the rows and graph nodes of superseded documents that no view shows any more.
    ///
    /// The field index loses them when its segments are merged.
    ///
    /// - Throws: `ShardError`.
    public func purge() async throws(ShardError) {
        let ordinals = try await onWriter { shard throws(ShardError) -> OrdinalSet in try shard.purgeRows() }
        guard !ordinals.isEmpty else { return }
        try await onGraphs { shard throws(ShardError) in
            try shard.state.withLock { $0 }.eachVectorIndex { _, index throws(VectorIndexError) in
                try index.remove(ordinals)
            }
        }
    }

    /// Purges superseded documents, and brings vectors into the form that searches are fastest on.
    ///
    /// - Parameters:
    ///   - maximumSegments: parts that may be left of each field's vectors. All become one: any number is met.
    ///   - onlyExpungingDeletes: purges, and nothing else.
    /// - Throws: `ShardError`.
    public func forceMerge(maximumSegments: Int? = nil, onlyExpungingDeletes: Bool = false) async throws(ShardError) {
        try await purge()
        await fields.forceMerge(
            alive: { self.neededOrdinals }, onlyWithDeadShare: onlyExpungingDeletes ? Self.expungedShare : nil,
            install: { self.show($0) })
        if onlyExpungingDeletes { return }
        await settleGraphs()
        let indexes = state.withLock { $0 }.vectorFields.values.map(\.index)
        indexes.forEach { $0.pauseSealingGrown() }
        defer { indexes.forEach { $0.resumeSealingGrown() } }
        try await onSealer { shard throws(ShardError) in
            try shard.state.withLock { $0 }.eachVectorIndex { _, index throws(VectorIndexError) in
                try index.seal(threads: shard.configuration.graphThreads)
            }
        }
    }

    /// Segments with as many dead documents are written anew where deletes are to be expunged, as in Elasticsearch.
    private static let expungedShare = 0.1

    /// The ordinals whose rows the field index has to keep: of what is there now, and of what searches see.
    private var neededOrdinals: OrdinalSet {
        let needed = state.withLock { $0.needed }
        return needed.union(view.needed)
    }

    /// Shows merged segments in place of those that they were made of.
    private func show(_ segments: FieldIndexView) {
        published.withLock { published in
            // What was dropped may be shown since: such segments are for the views after it.
            if published.needed.isSubset(of: segments.ordinals) { published = ShardView(published, fields: segments) }
        }
    }

    private func flushFields(minimum: Int) async throws(ShardError) {
        do throws(FieldIndexError) {
            try await fields.flush(minimum: minimum)
        } catch {
            throw ShardError(error)
        }
    }

    private func purgeRows() throws(ShardError) -> OrdinalSet {
        let oldest = leases.oldest ?? .max
        let ordinals = state.withLock { state in state.dead.prefix { $0.generation <= oldest }.map(\.ordinal) }
        guard !ordinals.isEmpty else { return [] }
        try store.write { database in try DocumentRows.purge(ordinals, in: database) }
        let purged = OrdinalSet(ordinals)
        state.withLock { state in
            state.dead.removeFirst(ordinals.count)
            for name in state.vectorOrdinals.keys { state.vectorOrdinals[name]?.subtract(purged) }
        }
        return purged
    }
}
