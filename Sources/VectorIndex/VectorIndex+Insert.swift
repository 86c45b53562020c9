public import Ordinals
internal import Synchronization

extension VectorIndex {
    /// Writes a vector to the ordinal's slot. Searches see it once it is inserted; it is durable after `synchronize()`.
    ///
    /// A slot may be written again until it is inserted, not later.
    /// - Throws: as `VectorIndexConfiguration.validate`; `file`.
    public func append(ordinal: UInt32, vector: [Float]) throws(VectorIndexError) {
        try vectors.append([(ordinal, vector)])
    }

    /// Writes many vectors, in as few writes as their ordinals allow. All are checked before any is written.
    public func append(_ batch: [(ordinal: UInt32, vector: [Float])]) throws(VectorIndexError) {
        try vectors.append(batch)
    }

    /// Returns when all appended vectors would survive a loss of power.
    public func synchronize() throws(VectorIndexError) { try vectors.synchronize() }

    /// Lets searches find the vectors of `ordinals`. Those that are in already are passed over.
    ///
    /// - Parameter threads: how many work at it. Calls may also come from several threads at once.
    /// - Throws: `missingVector`; `damagedFile` if a row is not what was written; `outOfMemory`. What was inserted
    ///   until then stays.
    public func insert(_ ordinals: [UInt32], threads: Int = 1) throws(VectorIndexError) {
        try insertions.shared { () throws(VectorIndexError) in
            let parts = currentParts
            try Parallel.forEach(ordinals.count, grain: 8, threads: threads, makeScratch: {}) {
                range, _ throws(VectorIndexError) in
                try contexts.withContext { context throws(VectorIndexError) in
                    for ordinal in ordinals[range] { try insert(ordinal, into: parts, using: context) }
                }
            }
        }
    }

    /// Takes vectors out for good, and mends the graph around them. Their ordinals are not accepted by any search to
    /// come. Calls are for many at once: each looks through the whole graph.
    ///
    /// A sealed part's file keeps them until the part is sealed anew: who opens the index again removes them again.
    /// - Complexity: O(*n*) in all vectors, plus a repair for each link that led to a removed one.
    public func remove(_ ordinals: OrdinalSet) throws(VectorIndexError) {
        guard !ordinals.isEmpty else { return }
        try insertions.exclusive { () throws(VectorIndexError) in
            let parts = currentParts
            for part in parts.unsealed {
                let before = part.count
                defer { changes.add(before - part.count, ordering: .relaxed) }
                try contexts.withContext { context throws(VectorIndexError) in
                    try part.remove(ordinals, using: context)
                }
            }
            self.parts.withLock { $0.remove(ordinals) }
        }
    }

    private func insert(
        _ ordinal: UInt32, into parts: Parts, using context: SearchContext
    ) throws(VectorIndexError) {
        if parts.contains(ordinal) { return }
        guard try vectors.verifiedRow(ordinal) != nil else { throw .missingVector(ordinal: ordinal) }
        try parts.growing.insert(ordinal, of: vectors, using: context)
        changes.add(1, ordering: .relaxed)
    }
}
