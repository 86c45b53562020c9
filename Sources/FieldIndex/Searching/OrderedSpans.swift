/// Spans in the order in which they begin, and what is asked of all of them at once.
struct OrderedSpans {
    private let spans: [Span]
    /// Of each span and all before it, the last end.
    private let lastEnds: [Int]
    /// Of each span and all after it, the first end.
    private let firstEnds: [Int]
    /// Spans that were looked at since it was made.
    private(set) var steps = 0

    /// - Parameter spans: in order.
    init(_ spans: [Span]) {
        self.spans = spans
        var last = Int.min
        lastEnds = spans.map { span in
            last = max(last, span.end)
            return last
        }
        var first = Int.max
        firstEnds = spans.reversed().map { span in
            first = min(first, span.end)
            return first
        }.reversed()
    }

    /// The first that begins at a place or after it.
    ///
    /// - Complexity: O(log *n*).
    mutating func first(from place: Int) -> Span? {
        let index = count(before: place)
        return index < spans.count ? spans[index] : nil
    }

    /// Whether any shares a place with a range, which may be empty.
    ///
    /// - Complexity: O(log *n*).
    mutating func overlap(from start: Int, to end: Int) -> Bool {
        let count = count(before: end)
        return count > 0 && lastEnds[count - 1] > start
    }

    /// Whether a span lies to any of these as said.
    ///
    /// - Complexity: O(log *n*).
    mutating func hold(_ relation: SpanQuery.Relation, to span: Span) -> Bool {
        switch relation {
        case .containing: return isAnyInside(span)
        case .notContaining: return !isAnyInside(span)
        case .containedBy: return isInsideAny(span)
        case .notContainedBy: return !isInsideAny(span)
        case .overlapping: return overlap(from: span.start, to: span.end)
        case .notOverlapping: return !overlap(from: span.start, to: span.end)
        case .before: return spans.last.map { span.end <= $0.start } ?? false
        case .after: return firstEnds.first.map { $0 <= span.start } ?? false
        }
    }

    private mutating func isAnyInside(_ span: Span) -> Bool {
        let index = count(before: span.start)
        return index < spans.count && firstEnds[index] <= span.end
    }

    private mutating func isInsideAny(_ span: Span) -> Bool {
        let count = count(before: span.start + 1)
        return count > 0 && lastEnds[count - 1] >= span.end
    }

    /// How many begin before a place.
    private mutating func count(before place: Int) -> Int {
        var (low, high) = (0, spans.count)
        while low < high {
            steps += 1
            let middle = (low + high) / 2
            if spans[middle].start < place { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
