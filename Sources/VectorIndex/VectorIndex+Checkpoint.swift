internal import Synchronization

extension VectorIndex {
    /// Writes the growing part's graph to disk, atomically: a crash at any moment leaves the old checkpoint or the new one.
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
            (try graphFile.write(growing), changesSinceCheckpoint)
        }
        // Links must not outlive the rows they lead to.
        try vectors.synchronize()
        try graphFile.publish(file)
        changes.subtract(written, ordering: .releasing)
    }
}
