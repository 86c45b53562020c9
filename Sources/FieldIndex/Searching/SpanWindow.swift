/// One span of each of some lists, and what they cover together.
///
/// The span that begins first is found in a heap, and the last end in another one, whose outdated entries are passed over: a step
/// is O(log *lists*).
struct SpanWindow {
    private let lists: [[Span]]
    private var next: [Int]
    /// Numbers of lists, the one whose span begins first at the top.
    private var starts: Heap<Entry>
    /// Ends, the last at the top; some of spans that the window has left.
    private var ends: Heap<Entry>
    /// How often each span stands in the window.
    private var counts: [Span: Int] = [:]
    private var covered = 0
    /// Spans that were looked at.
    private(set) var steps = 0

    private struct Entry: Comparable {
        /// The least is at the top.
        var key: Int
        var list: Int
        var position: Int

        static func < (left: Entry, right: Entry) -> Bool { (left.key, left.list, left.position) < (right.key, right.list, right.position) }
    }

    /// - Parameter lists: none is empty; each in order.
    init(_ lists: [[Span]]) {
        self.lists = lists
        next = lists.map { _ in 0 }
        starts = Heap()
        ends = Heap()
        for list in lists.indices { enter(list) }
    }

    /// Whether no span stands in it for two lists.
    var isDistinct: Bool { counts.count == lists.count }

    var span: Span {
        guard let first = starts.first, let last = ends.first else { return Span(start: 0, end: 0) }
        let end = -last.key
        return Span(start: first.key, end: end, gaps: max(0, end - first.key - covered))
    }

    /// Goes on with the list whose span begins first; false at its end.
    mutating func advance() -> Bool {
        guard let first = starts.first else { return false }
        let list = first.list
        guard next[list] + 1 < lists[list].count else { return false }
        let span = lists[list][next[list]]
        covered -= span.end - span.start - span.gaps
        if let count = counts[span] { counts[span] = count > 1 ? count - 1 : nil }
        starts.removeFirst()
        next[list] += 1
        enter(list)
        while let last = ends.first, next[last.list] != last.position { ends.removeFirst() }
        return true
    }

    private mutating func enter(_ list: Int) {
        steps += 1
        let position = next[list], span = lists[list][position]
        covered += span.end - span.start - span.gaps
        counts[span, default: 0] += 1
        starts.insert(Entry(key: span.start, list: list, position: position))
        ends.insert(Entry(key: -span.end, list: list, position: position))
    }
}

/// A binary heap with the least element at the top.
struct Heap<Element: Comparable> {
    private var elements: [Element] = []

    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var child = elements.count - 1
        while child > 0, elements[child] < elements[(child - 1) / 2] {
            elements.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    mutating func removeFirst() {
        guard let last = elements.popLast(), !elements.isEmpty else { return }
        elements[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < elements.count && elements[child] < elements[least] { least = child }
            if least == parent { return }
            elements.swapAt(parent, least)
            parent = least
        }
    }
}
