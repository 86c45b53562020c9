/// Keeps the best of the documents it is shown: a binary heap with the worst kept document at its root.
public struct TopCollector {
    private let limit: Int
    private var heap: [ScoredOrdinal] = []

    public init(limit: Int) {
        self.limit = limit
        heap.reserveCapacity(min(limit, 10_000))
    }

    /// What is scored below this is not among the best so far.
    public var floor: Float { heap.count < limit ? -.infinity : heap.first?.score ?? .infinity }

    /// Considers a document.
    ///
    /// - Complexity: O(1) for one that is not among the best so far, else O(log *limit*).
    public mutating func insert(_ document: ScoredOrdinal) {
        if heap.count < limit {
            heap.append(document)
            rise(from: heap.count - 1)
        } else if let worst = heap.first, ScoredOrdinal.precedes(document, worst) {
            heap[0] = document
            sink(from: 0)
        }
    }

    /// The documents kept, best first.
    public func sorted() -> [ScoredOrdinal] { heap.sorted(by: ScoredOrdinal.precedes) }

    private mutating func rise(from start: Int) {
        var index = start
        while index > 0 {
            let parent = (index - 1) / 2
            guard ScoredOrdinal.precedes(heap[parent], heap[index]) else { return }
            heap.swapAt(index, parent)
            index = parent
        }
    }

    private mutating func sink(from start: Int) {
        var index = start
        while true {
            var worst = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if ScoredOrdinal.precedes(heap[worst], heap[child]) { worst = child }
            }
            guard worst != index else { return }
            heap.swapAt(index, worst)
            index = worst
        }
    }
}
