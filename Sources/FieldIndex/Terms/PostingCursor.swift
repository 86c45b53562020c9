/// Finds documents in a list, ascending: each call goes on from the last.
struct PostingCursor {
    private let list: PostingList
    private var position = 0
    private var container: PostingList.Container?
    /// The posting of the container's first document.
    private var first: Int
    /// Within the container: the next element of an array, or word of a bitmap.
    private var index = 0
    /// Documents in the words before.
    private var rank = 0

    init(_ list: PostingList) {
        self.list = list
        first = list.first
        container = list.container(at: &position)
    }

    /// The posting of a document, which is greater than all that were asked for before; nil if the term is not in it.
    mutating func posting(of document: Int) -> Int? {
        while let current = container, document >= current.start + 65_536 {
            first += current.count
            container = list.container(at: &position)
            index = 0
            rank = 0
        }
        guard let container, document >= container.start else { return nil }
        let low = document - container.start
        if container.isBitmap {
            while index < low >> 6 {
                rank += container.word(index).nonzeroBitCount
                index += 1
            }
            let word = container.word(index)
            let bit: UInt64 = 1 << UInt64(low & 63)
            return word & bit == 0 ? nil : first + rank + (word & (bit - 1)).nonzeroBitCount
        }
        // Steps that double, then a binary search.
        var step = 1
        while index + step < container.units.count, container.units[index + step] < low { step *= 2 }
        let rest = UnsafeBufferPointer(rebasing: container.units[index..<min(index + step + 1, container.units.count)])
        index += rest.partitioningIndex { $0 >= low }
        return index < container.units.count && container.units[index] == low ? first + index : nil
    }
}
