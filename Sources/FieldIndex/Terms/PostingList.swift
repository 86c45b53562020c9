/// The documents of one term in one segment, ascending.
///
/// Documents are held by their upper 16 bits, in containers as in Roaring bitmaps (Chambi et al., "Better bitmap performance
/// with Roaring bitmaps", 2016): few as a sorted array of their lower 16 bits, more than 4096 as a bitmap. A container is its
/// upper bits, its documents less one, and these.
struct PostingList {
    static let arrayLimit = 4096
    static let bitmapUnits = 4096

    /// The term's containers.
    let units: UnsafeBufferPointer<UInt16>
    /// The ordinal of document 0.
    let base: Int
    /// The number of the first posting in its field, by which frequencies and lengths are found.
    let first: Int
    let count: Int

    struct Container {
        /// The document of bit 0.
        let start: Int
        let count: Int
        /// An array of lower bits, or a bitmap.
        let units: UnsafeBufferPointer<UInt16>

        var isBitmap: Bool { count > PostingList.arrayLimit }

        @inline(__always)
        func word(_ index: Int) -> UInt64 { UnsafeRawBufferPointer(units).loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self) }
    }

    @inline(__always)
    func forEachContainer(_ body: (Container, _ first: Int) -> Void) {
        var position = 0
        var posting = first
        while let container = container(at: &position) {
            body(container, posting)
            posting += container.count
        }
    }

    /// The container at a position, which then is the next one's; nil at the end.
    @inline(__always)
    func container(at position: inout Int) -> Container? {
        guard position + 2 < units.count else { return nil }
        let count = Int(units[position + 1]) + 1
        let size = count > Self.arrayLimit ? Self.bitmapUnits : count
        let begin = position + 2
        guard size <= units.count - begin else { return nil }
        defer { position = begin + size }
        return Container(
            start: Int(units[position]) << 16, count: count,
            units: UnsafeBufferPointer(rebasing: units[begin..<(begin + size)]))
    }

    /// Every document, counted from the base, with the number of its posting.
    @inline(__always)
    func forEach(_ body: (_ document: Int, _ posting: Int) -> Void) {
        forEachContainer { container, first in
            var posting = first
            if container.isBitmap {
                for index in 0..<1024 {
                    var rest = container.word(index)
                    while rest != 0 {
                        body(container.start + index << 6 + rest.trailingZeroBitCount, posting)
                        posting &+= 1
                        rest &= rest &- 1
                    }
                }
            } else {
                for low in container.units {
                    body(container.start + Int(low), posting)
                    posting &+= 1
                }
            }
        }
    }

    /// - Complexity: O(containers), and O(1) for each document in arrays.
    func insert(into set: borrowing OrdinalWords) {
        forEachContainer { container, _ in
            let start = base + container.start
            if container.isBitmap {
                for index in 0..<1024 { set.or(container.word(index), at: start >> 6 + index) }
            } else {
                for low in container.units { set.insert(start + Int(low)) }
            }
        }
    }
}
