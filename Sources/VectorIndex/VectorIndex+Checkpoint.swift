internal import Synchronization

extension VectorIndex {
    /// Writes the growing part's graph to disk, atomically: a crash at any moment leaves the old checkpoint or the new one.
    /// Where a sealing failed and left several, the largest is written; the others' vectors are inserted again at the opening.
    ///
    /// Insertions wait while the graph is copied out, not while the disk is awaited; searches never wait.
    /// - Throws: `file`, which leaves the old checkpoint in force.
    public func checkpoint() throws(VectorIndexError) {
        try checkpoints.withLock { _ throws(VectorIndexError) in try writeCheckpoint() }
    }

    /// To be called under `checkpoints`.
    func writeCheckpoint() throws(VectorIndexError) {
        let graphFile = GraphFile(path: Self.graphPath(in: directory), configuration: configuration)
        let (file, written) = try insertions.exclusive { () throws(VectorIndexError) in
            let parts = currentParts, largest = parts.unsealed.max { $0.count < $1.count } ?? parts.growing
            let left = parts.unsealedCount - largest.count
            return (try graphFile.write(largest), max(0, changesSinceCheckpoint - left))
        }
        // Links must not outlive the rows they lead to.
        try vectors.synchronize()
        try graphFile.publish(file)
        changes.subtract(written, ordering: .releasing)
    }
}
