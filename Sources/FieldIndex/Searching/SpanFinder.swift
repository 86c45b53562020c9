/// A part of a text: from one place to before another, and how many places in it are not its parts'.
struct Span: Hashable, Comparable {
    var start: Int
    var end: Int
    var gaps = 0

    static func < (left: Span, right: Span) -> Bool {
        (left.start, left.end, left.gaps) < (right.start, right.end, right.gaps)
    }
}

/// Finds spans in one document.
///
/// However a text repeats its words, the work is O(*n* log *n*) for the *n* places of a query's leaves, at each level of it: lists
/// of spans are in order, so that what fits to a span is found by halving, and not by looking at all.
struct SpanFinder {
    /// Where a leaf stands.
    let places: (SpanQuery) -> [Int]
    /// Spans that were looked at.
    private(set) var steps = 0

    init(places: @escaping (SpanQuery) -> [Int]) { self.places = places }

    /// In the order in which they begin.
    mutating func spans(_ query: SpanQuery) -> [Span] {
        switch query {
        case .nothing: return []
        case .term, .matching, .fuzzy:
            let found = places(query)
            steps += found.count
            return found.map { Span(start: $0, end: $0 + 1) }
        case .any(let parts): return sorted(parts.flatMap { spans($0) })
        case .near(let parts, let slop, let isOrdered):
            let lists = parts.map { spans($0) }
            guard !lists.isEmpty, lists.allSatisfy({ !$0.isEmpty }) else { return [] }
            let found = isOrdered ? ordered(lists) : unordered(lists)
            return sorted(found.filter { $0.gaps <= slop ?? .max })
        case .first(let part, let end): return spans(part).filter { $0.end <= end }
        case .apart(let part, let other, let before, let after):
            var others = OrderedSpans(spans(other))
            defer { steps += others.steps }
            return spans(part).filter { !others.overlap(from: $0.start - before, to: $0.end + after) }
        case .related(let part, let relation, let other):
            var others = OrderedSpans(spans(other))
            defer { steps += others.steps }
            return spans(part).filter { others.hold(relation, to: $0) }
        }
    }

    /// For each beginning, the nearest of each next part.
    private mutating func ordered(_ lists: [[Span]]) -> [Span] {
        let following = lists.dropFirst().map { OrderedSpans($0) }
        return lists[0].compactMap { first in
            var span = first
            for var list in following {
                defer { steps += list.steps }
                guard let next = list.first(from: span.end) else { return nil }
                span = Span(start: span.start, end: next.end, gaps: span.gaps + next.gaps + next.start - span.end)
            }
            return span
        }
    }

    /// The smallest windows with all parts: the one that begins first goes on, over and over.
    private mutating func unordered(_ lists: [[Span]]) -> [Span] {
        var window = SpanWindow(lists)
        defer { steps += window.steps }
        var found: [Span] = []
        repeat {
            // No place is two parts'.
            if window.isDistinct { found.append(window.span) }
        } while window.advance()
        return found
    }

    private mutating func sorted(_ spans: [Span]) -> [Span] {
        steps += spans.count
        var last: Span?
        return spans.sorted().filter { span in
            defer { last = span }
            return span != last
        }
    }
}
