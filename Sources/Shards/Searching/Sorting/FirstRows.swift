/// The first rows, by their keys and then by ordinal, of those that are shown: a heap with the last kept at its root.
struct FirstRows {
    struct Row {
        var first: Int64
        /// The keys after the first.
        var rest: [Int64]
        var ordinal: UInt32
        var score: Float
    }

    /// Only what follows it is kept.
    struct Place {
        var keys: [Int64]
        /// Nil: nothing of these keys follows.
        var ordinal: Int64?
    }

    private let limit: Int
    private let place: Place?
    private var heap: [Row] = []
    /// Rows whose first key is greater are not among the first.
    private(set) var bound = Int64.max

    init(limit: Int, after place: Place?) {
        self.limit = limit
        self.place = place
        heap.reserveCapacity(min(limit, 10_000))
    }

    /// - Complexity: O(keys) for a row that is not among the first so far, else O(log *limit*).
    mutating func insert(_ first: Int64, _ rest: [Int64], _ ordinal: UInt32, score: Float) {
        if let place, !Self.follows(first, rest, ordinal, place) { return }
        if heap.count < limit {
            heap.append(Row(first: first, rest: rest, ordinal: ordinal, score: score))
            rise(from: heap.count - 1)
        } else if let last = heap.first, Self.precedes(first, rest, ordinal, last) {
            heap[0] = Row(first: first, rest: rest, ordinal: ordinal, score: score)
            sink()
        }
        if heap.count == limit, let last = heap.first { bound = last.first }
    }

    func sorted() -> [Row] { heap.sorted(by: Self.precedes) }

    private static func follows(_ first: Int64, _ rest: [Int64], _ ordinal: UInt32, _ place: Place) -> Bool {
        if let key = place.keys.first, key != first { return first > key }
        for (key, value) in zip(place.keys.dropFirst(), rest) where key != value { return value > key }
        return place.ordinal.map { Int64(ordinal) > $0 } ?? false
    }

    private static func precedes(_ left: Row, _ right: Row) -> Bool {
        precedes(left.first, left.rest, left.ordinal, right)
    }

    private static func precedes(_ first: Int64, _ rest: [Int64], _ ordinal: UInt32, _ right: Row) -> Bool {
        if first != right.first { return first < right.first }
        for (left, right) in zip(rest, right.rest) where left != right { return left < right }
        return ordinal < right.ordinal
    }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard Self.precedes(heap[parent], heap[index]) else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func sink() {
        var index = 0
        while true {
            var last = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if Self.precedes(heap[last], heap[child]) { last = child }
            }
            guard last != index else { return }
            heap.swapAt(index, last)
            index = last
        }
    }
}
