internal import CVectorKernels

/// How much an index holds.
public struct VectorIndexStatistics: Equatable, Sendable {
    /// Vectors that searches can find.
    public let count: Int
    /// Of these, vectors identical to another: they share its place in the graph.
    public let duplicates: Int
    /// Bytes of links and bookkeeping for each vector, at the mean number of levels.
    public let linkBytesPerVector: Double
    /// Bytes of a raw vector's row.
    public let rowBytes: Int

    public var bytesPerVector: Double { linkBytesPerVector + Double(rowBytes) }

    init(facts: cvk_graph_facts, configuration: VectorIndexConfiguration, rowBytes: Int) {
        count = Int(facts.members)
        duplicates = Int(facts.duplicates)
        self.rowBytes = rowBytes
        guard configuration.m > 0 else {
            linkBytesPerVector = 0
            return
        }
        let upperBytes = Double(facts.upper_lists) * Double(configuration.m) * 4
        // 2 m links, where upper lists and duplicates are, and two bits of state.
        linkBytesPerVector = Double(8 * configuration.m + 8) + 0.25 + upperBytes / Double(max(1, facts.members))
    }
}
