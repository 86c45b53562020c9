internal import CVectorKernels
internal import Ordinals

/// How much an index holds.
public struct VectorIndexStatistics: Equatable, Sendable {
    /// Vectors that searches can find.
    public let count: Int
    /// Of these, vectors identical to another: they share its place in the graph.
    public let duplicates: Int
    /// Of these, vectors in sealed parts.
    public let sealedCount: Int
    /// Bytes in memory for each vector: its code, links at the mean number of levels, and bookkeeping.
    public let residentBytesPerVector: Double
    /// Bytes of a raw vector's row, which is mapped from disk.
    public let rawBytesPerVector: Int

    public var bytesPerVector: Double { residentBytesPerVector + Double(rawBytesPerVector) }

    init(_ parts: Parts, _ configuration: VectorIndexConfiguration, rawBytesPerVector: Int) {
        count = parts.count
        self.rawBytesPerVector = rawBytesPerVector
        duplicates =
            parts.unsealed.reduce(0) { $0 + Int($1.facts.duplicates) }
            + parts.sealed.reduce(0) { $0 + $1.content.facts.duplicates }
        sealedCount = parts.sealedMembers.count
        let growing = parts.unsealed.reduce(0.0) { bytes, part in
            let upper = Double(part.facts.upper_lists) * Double(configuration.m) * 4
            // Two bits of state.
            return bytes + Double(part.count) * (Double(part.bytesPerNode) + 0.25) + upper
        }
        let bytes = parts.sealed.reduce(growing) { $0 + Double($1.byteCount) }
        residentBytesPerVector = bytes / Double(max(1, count))
    }
}
