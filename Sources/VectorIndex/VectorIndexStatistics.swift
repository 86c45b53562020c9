internal import CVectorKernels

/// How much an index holds.
public struct VectorIndexStatistics: Equatable, Sendable {
    /// Vectors that searches can find.
    public let count: Int
    /// Of these, vectors identical to another: they share its place in the graph.
    public let duplicates: Int
    /// Bytes in memory for each vector: its code, links at the mean number of levels, and bookkeeping.
    public let residentBytesPerVector: Double
    /// Bytes of a raw vector's row, which is mapped from disk.
    public let rawBytesPerVector: Int

    public var bytesPerVector: Double { residentBytesPerVector + Double(rawBytesPerVector) }

    init(_ growing: GrowingPart, _ configuration: VectorIndexConfiguration, rawBytesPerVector: Int) {
        let facts = growing.facts
        count = growing.count
        duplicates = Int(facts.duplicates)
        self.rawBytesPerVector = rawBytesPerVector
        let upperBytes = Double(facts.upper_lists) * Double(configuration.m) * 4
        // Two bits of state.
        residentBytesPerVector = Double(growing.bytesPerNode) + 0.25 + upperBytes / Double(max(1, facts.members))
    }
}
