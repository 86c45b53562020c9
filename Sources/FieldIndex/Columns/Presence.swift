/// Which documents of a segment have something, and the slot that each has for it: 0, 1, … in the order of documents.
///
/// Documents are counted from the segment's base, which is a multiple of 64, so that bitmaps can be joined word by word.
enum Presence: Sendable {
    /// All of a range.
    case range(Range<Int>)
    /// A bit for each document, and how many are set before each word.
    case bits(Section<UInt64>, ranks: Section<UInt32>, count: Int)
    /// Few: their numbers, ascending.
    case list(Section<UInt32>)

    var count: Int {
        switch self {
        case .range(let range): range.count
        case .bits(_, _, let count): count
        case .list(let documents): documents.count
        }
    }

    /// - Complexity: O(1), or O(log *n*) for few.
    @inline(__always)
    func slot(of document: Int) -> Int? {
        switch self {
        case .range(let range): return range.contains(document) ? document - range.lowerBound : nil
        case .bits(let words, let ranks, _):
            let index = document >> 6
            guard index < words.count else { return nil }
            let word = words.elements[index]
            let bit: UInt64 = 1 << UInt64(document & 63)
            guard word & bit != 0 else { return nil }
            return Int(ranks.elements[index]) + (word & (bit - 1)).nonzeroBitCount
        case .list(let documents):
            let index = documents.elements.partitioningIndex { $0 >= UInt32(document) }
            return index < documents.count && documents.elements[index] == UInt32(document) ? index : nil
        }
    }

    @inline(__always)
    func forEach(_ body: (_ document: Int, _ slot: Int) -> Void) {
        switch self {
        case .range(let range): for document in range { body(document, document - range.lowerBound) }
        case .bits(let words, _, _):
            var slot = 0
            for (index, word) in words.elements.enumerated() {
                var rest = word
                while rest != 0 {
                    body(index << 6 + rest.trailingZeroBitCount, slot)
                    slot += 1
                    rest &= rest - 1
                }
            }
        case .list(let documents): for (slot, document) in documents.elements.enumerated() { body(Int(document), slot) }
        }
    }

    /// Adds all documents to a set.
    func insert(into set: borrowing OrdinalWords, base: Int) {
        switch self {
        case .range(let range): set.insert((base + range.lowerBound)..<(base + range.upperBound))
        case .bits(let words, _, _): set.insert(words.elements, base: base)
        case .list(let documents): for document in documents.elements { set.insert(base + Int(document)) }
        }
    }

    // MARK: Storage

    /// Writes the presence of documents, which ascend.
    static func write(
        _ documents: [UInt32], span: Int, into writer: inout SectionWriter, _ directory: inout DirectoryWriter
    ) {
        if documents.isEmpty {
            directory.write(0)
            directory.write(0)
            directory.write(0)
        } else if let first = documents.first, let last = documents.last, Int(last - first) == documents.count - 1 {
            directory.write(0)
            directory.write(Int(first))
            directory.write(Int(last) + 1)
        } else if documents.count < span / 32 {
            directory.write(2)
            directory.write(writer.append(documents))
        } else {
            var words = [UInt64](repeating: 0, count: (span + 63) / 64)
            for document in documents { words[Int(document >> 6)] |= 1 << UInt64(document & 63) }
            var ranks: [UInt32] = []
            ranks.reserveCapacity(words.count)
            var rank: UInt32 = 0
            for word in words {
                ranks.append(rank)
                rank += UInt32(word.nonzeroBitCount)
            }
            directory.write(1)
            directory.write(documents.count)
            directory.write(writer.append(words))
            directory.write(writer.append(ranks))
        }
    }

    init?(_ reader: inout DirectoryReader, span: Int) {
        switch reader.integer() {
        case 0:
            guard let first = reader.number(through: span), let end = reader.number(through: span), first <= end else { return nil }
            self = .range(first..<end)
        case 1:
            guard let count = reader.number(through: span), let words = reader.section(of: UInt64.self),
                let ranks = reader.section(of: UInt32.self), words.count == (span + 63) / 64, ranks.count == words.count,
                words.elements.reduce(0, { $0 + $1.nonzeroBitCount }) == count
            else { return nil }
            self = .bits(words, ranks: ranks, count: count)
        case 2:
            guard let documents = reader.section(of: UInt32.self), documents.elements.allSatisfy({ $0 < span }) else { return nil }
            self = .list(documents)
        default: return nil
        }
    }
}
