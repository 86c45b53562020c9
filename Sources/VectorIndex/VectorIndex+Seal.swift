internal import Files
public import Ordinals
internal import Synchronization

extension VectorIndex {
    /// Brings all vectors into one sealed part, the form that searches are fastest on, or as many as memory allows.
    ///
    /// Searches and insertions go on meanwhile.
    /// - Parameters:
    ///   - ordinals: vectors that were appended and are taken in, too, without being inserted one by one before. They are
    ///     not to be inserted meanwhile.
    ///   - threads: how many may work at it.
    /// - Throws: `outOfMemory`, `file`, `interrupted`; then no vector is lost to searches. As `insert` for those of `ordinals`.
    /// - Complexity: about O(*n* · log *n*), with 10⁴ products of vectors for each.
    public func seal(adding ordinals: OrdinalSet = [], threads: Int) throws(VectorIndexError) {
        try seal(adding: ordinals, threads: threads, until: closing) { _ in true }
    }

    /// Ends the sealing that is under way, soon, and all to come: for an index that is about to be closed. What has grown
    /// stays as it is.
    public func stopSealing() { closing.set() }

    /// Ends a `sealGrown` that is under way, soon, and all to come until as many `resumeSealingGrown`: for a `seal` that would
    /// wait for it, and build what it builds again.
    public func pauseSealingGrown() { sealingGrown.set() }

    /// Lets `sealGrown` go on after `pauseSealingGrown`.
    public func resumeSealingGrown() { sealingGrown.lift() }

    /// Seals what has grown, if that is `minimum` vectors at least, together with sealed parts that are not much larger: so
    /// there are few parts, and a vector is built into a new one only now and then.
    ///
    /// - Returns: whether it was done.
    /// - Throws: as `seal`; `interrupted` also by `pauseSealingGrown`.
    @discardableResult
    public func sealGrown(minimum: Int, threads: Int) throws(VectorIndexError) -> Bool {
        let grown = currentParts.unsealedCount
        guard configuration.hasGraph, grown >= max(1, minimum) else { return false }
        var total = grown
        try seal(adding: [], threads: threads, until: sealingGrown) { part in
            guard part.count <= 2 * total else { return false }
            total += part.count
            return true
        }
        return true
    }

    /// Those of the parts, the smallest first, that can be built into one with so many others without taking more than half
    /// of the memory.
    private func fitting(_ parts: [SealedPart], beside others: Int) -> [SealedPart] {
        var total = others
        return Array(
            parts.prefix { part in
                total += part.count
                return SealedBuilder.memory(for: total, configuration) <= SystemMemory.limit / 2
            })
    }

    private func seal(
        adding ordinals: OrdinalSet, threads: Int, until interrupt: Interrupt, joining: (SealedPart) -> Bool
    ) throws(VectorIndexError) {
        guard configuration.hasGraph else { return try checkpoint() }
        try interrupt.check()
        try checkpoints.withLock { _ throws(VectorIndexError) in
            for ordinal in ordinals {
                guard try vectors.verifiedRow(ordinal) != nil else { throw .missingVector(ordinal: ordinal) }
            }
            let fresh = try GrowingPart(configuration)
            let before = insertions.exclusive { parts.withLock { $0.freeze(fresh) } }
            let replaced = fitting(
                before.sealed.sorted { $0.count < $1.count }.filter(joining), beside: before.unsealedCount + ordinals.count)
            let limit = vectors.rows.count
            let sealed = replaced.reduce(into: OrdinalSet()) { $0.formUnion($1.members) }
            let grown = before.unsealed.reduce(into: OrdinalSet()) { $0.formUnion($1.members(below: limit)) }
            let all = sealed.intersection(before.sealedMembers).union(grown).union(ordinals)
            // The rows that the part is built over must be on disk before it.
            try vectors.synchronize()
            let content = all.isEmpty ? nil : try SealedBuilder(
                vectors, configuration, threads: threads, interrupt: interrupt
            ).build(all)
            let keeping = before.sealed.filter { part in !replaced.contains { $0 === part } }
            let part = try GraphsOnDisk(directory: directory, configuration: configuration)
                .publish(content, keeping: keeping)
            insertions.exclusive { parts.withLock { $0.finish(part, replacing: replaced, before.frozen) } }
            try writeCheckpoint()
        }
    }
}
