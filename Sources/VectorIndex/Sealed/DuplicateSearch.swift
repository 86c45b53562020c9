internal import CVectorKernels
internal import Glibc
internal import Ordinals

/// Finds vectors that are identical, to the byte.
struct DuplicateSearch {
    let vectors: RawVectors
    let rows: RawVectors.Rows

    /// - Returns: the first ordinal of each group, ascending; and for the others, ascending by node, the node that stands
    ///   for them: the place of the first of their group.
    /// - Complexity: O(*n* · log *n*).
    func run(_ ordinals: OrdinalSet) -> (unique: [UInt32], duplicates: [cvk_duplicate]) {
        // Equal rows have equal checksums.
        let keyed = ordinals.map { UInt64(checksum($0)) << 32 | UInt64($0) }.sorted()
        var original: [UInt32: UInt32] = [:]
        var start = 0
        while start < keyed.count {
            var end = start + 1
            while end < keyed.count, keyed[end] >> 32 == keyed[start] >> 32 { end += 1 }
            if end - start > 1 { match(keyed[start..<end].map { UInt32(truncatingIfNeeded: $0) }, &original) }
            start = end
        }
        let unique = ordinals.filter { original[$0] == nil }
        guard !original.isEmpty else { return (unique, []) }
        var nodes: [UInt32: UInt32] = [:]
        for (node, ordinal) in unique.enumerated() { nodes[ordinal] = UInt32(node) }
        let duplicates = original.compactMap { ordinal, first in
            nodes[first].map { cvk_duplicate(node: $0, ordinal: ordinal) }
        }
        return (unique, duplicates.sorted { ($0.node, $0.ordinal) < ($1.node, $1.ordinal) })
    }

    /// - Parameter ordinals: ascending, of equal checksums; nearly always of equal rows.
    private func match(_ ordinals: [UInt32], _ original: inout [UInt32: UInt32]) {
        var firsts: [UInt32] = []
        for ordinal in ordinals {
            if let first = firsts.first(where: { isEqual($0, ordinal) }) {
                original[ordinal] = first
            } else {
                firsts.append(ordinal)
            }
        }
    }

    private func row(_ ordinal: UInt32) -> UnsafeRawPointer { rows.base + Int(ordinal) * vectors.header.rowBytes }

    private func checksum(_ ordinal: UInt32) -> UInt32 {
        row(ordinal).load(fromByteOffset: vectors.header.rowBytes - 4, as: UInt32.self)
    }

    private func isEqual(_ a: UInt32, _ b: UInt32) -> Bool { memcmp(row(a), row(b), vectors.header.rowBytes) == 0 }
}
