internal import CVectorKernels
internal import Ordinals

/// A part of an index that does not change: built at once over many vectors, and then only searched.
///
/// Its nodes are vectors in ascending order of their ordinals; identical ones share a node. Each has a sketch and a
/// record; see `cvk_sealed.h`. What searches find are candidates, for the index to compare exactly.
final class SealedPart: @unchecked Sendable {
    let content: SealedContent
    /// In the manifest; 0 for one that is not on disk.
    let number: UInt32
    /// The ordinals in it, duplicates included.
    let members: OrdinalSet
    /// The part as C knows it, but for the words of its nodes.
    private let part: cvk_sealed_part
    private let rotation: Rotation
    private let isEuclidean: Bool
    /// Ordinals of nodes as a set, and the nodes before each word.
    private let nodeWords: [UInt64]
    private let ranks: [UInt32]

    init(_ content: SealedContent, isEuclidean: Bool, number: UInt32 = 0) {
        self.content = content
        self.number = number
        self.isEuclidean = isEuclidean
        part = content.part
        rotation = Rotation(dimensions: content.facts.dimensions, seed: content.facts.seed)
        let nodes = OrdinalSet(content.section(.ordinals, of: UInt32.self).lazy.map { $0 & ~CVK_HAS_DUPLICATES })
        var members = nodes
        for duplicate in content.section(.duplicates, of: cvk_duplicate.self) { members.insert(duplicate.ordinal) }
        self.members = members
        nodeWords = nodes.words
        var count: UInt32 = 0
        ranks = nodes.words.map { word in
            defer { count += UInt32(word.nonzeroBitCount) }
            return count
        }
    }

    var count: Int { members.count }

    /// Bytes of sketches, records and what else is kept for nodes.
    var byteCount: Int { content.facts.byteCount + nodeWords.count * 12 }

    /// The query as the part's vectors are: rotated, and under the euclidean metric centred.
    ///
    /// - Parameter query: `[dimensions]`, as `RowsQuery.walkComponents` gives it.
    func turned(_ query: [Float]) -> [Float] {
        var query = query
        if isEuclidean {
            let centre = content.section(.centre, of: Float.self)
            for index in query.indices { query[index] -= centre[index] }
        }
        query.withUnsafeMutableBufferPointer { rotation($0) }
        return query
    }

    /// The node of an ordinal; nil for one that is not in the part, or shares another's node.
    func node(of ordinal: UInt32) -> UInt32? {
        let word = Int(ordinal >> 6), bit: UInt64 = 1 << UInt64(ordinal & 63)
        guard word < nodeWords.count, nodeWords[word] & bit != 0 else { return nil }
        return ranks[word] + UInt32((nodeWords[word] & (bit - 1)).nonzeroBitCount)
    }

    /// Gives `body` the part as C knows it.
    func withPart<Result>(_ body: (inout cvk_sealed_part) -> Result) -> Result {
        nodeWords.withUnsafeBufferPointer { words in
            ranks.withUnsafeBufferPointer { ranks in
                var part = part
                part.members = words.baseAddress ?? part.members
                part.ranks = ranks.baseAddress ?? part.ranks
                part.word_count = words.count
                return body(&part)
            }
        }
    }
}

extension SealedContent {
    /// The part as C knows it, without the members' words.
    var part: cvk_sealed_part {
        let entries = section(.entries, of: UInt32.self), duplicates = section(.duplicates, of: cvk_duplicate.self)
        let ordinals = section(.ordinals, of: UInt32.self)
        // An empty section lies somewhere too; nothing reads it.
        let anywhere = bytes.baseAddress.unsafelyUnwrapped
        return cvk_sealed_part(
            kernels: cvk_best_sealed_kernels(), layout: facts.layout, count: UInt32(facts.nodes),
            sketches: section(.sketches, of: UInt8.self).baseAddress ?? anywhere.assumingMemoryBound(to: UInt8.self),
            records: section(.records, of: UInt8.self).baseAddress ?? anywhere.assumingMemoryBound(to: UInt8.self),
            ordinals: ordinals.baseAddress ?? anywhere.assumingMemoryBound(to: UInt32.self),
            members: anywhere.assumingMemoryBound(to: UInt64.self),
            ranks: anywhere.assumingMemoryBound(to: UInt32.self), word_count: 0,
            duplicates: duplicates.baseAddress ?? anywhere.assumingMemoryBound(to: cvk_duplicate.self),
            duplicate_count: UInt32(duplicates.count),
            entries: entries.baseAddress ?? anywhere.assumingMemoryBound(to: UInt32.self),
            entry_count: UInt32(entries.count), sketch_error: facts.sketchError, code_error: facts.codeError)
    }
}
