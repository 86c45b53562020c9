internal import Synchronization

extension VectorIndex {
    /// Brings all vectors into one sealed part, the form that searches are fastest on.
    ///
    /// Searches and insertions go on meanwhile.
    /// - Parameters:
    ///   - ordinals: vectors that were appended and are taken in, too, without being inserted one by one before.
    ///   - threads: how many may work at it.
    /// - Throws: `outOfMemory`, `file`; then the index is as it was.
    /// - Complexity: about O(*n* · log *n*), with 10⁴ products of vectors for each.
    public func seal(adding ordinals: OrdinalSet = [], threads: Int) throws(VectorIndexError) {
        guard configuration.hasGraph else { return try checkpoint() }
        try checkpoints.withLock { _ throws(VectorIndexError) in
            let fresh = try GrowingPart(configuration)
            let before = insertions.exclusive { () -> Parts in
                parts.withLock { parts in
                    parts.freezing = parts.growing
                    parts.growing = fresh
                    return parts
                }
            }
            let all = before.members(below: vectors.rows.count).union(ordinals)
            guard !all.isEmpty else { return }
            let part = try SealedBuilder(vectors, configuration, threads: threads).build(all)
            insertions.exclusive {
                parts.withLock { parts in
                    parts.sealed = [part]
                    parts.freezing = nil
                    parts.removed.formIntersection(part.members)
                }
            }
        }
    }
}
