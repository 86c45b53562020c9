import TestSupport
import Testing

@testable import FieldIndex

@Suite struct SpanFinderTests {
    /// The same by looking at everything.
    private struct Twin {
        let places: (SpanQuery) -> [Int]

        func spans(_ query: SpanQuery) -> Set<Span> {
            switch query {
            case .nothing: return []
            case .term, .matching, .fuzzy: return Set(places(query).map { Span(start: $0, end: $0 + 1) })
            case .any(let parts): return parts.reduce(into: []) { $0.formUnion(spans($1)) }
            case .near(let parts, let slop, isOrdered: true):
                let lists = parts.map { spans($0).sorted() }
                var found: Set<Span> = []
                for first in lists[0] {
                    var span: Span? = first
                    for list in lists.dropFirst() {
                        guard let last = span else { break }
                        span = list.first { $0.start >= last.end }.map {
                            Span(start: last.start, end: $0.end, gaps: last.gaps + $0.gaps + $0.start - last.end)
                        }
                    }
                    if let span, span.gaps <= slop ?? .max { found.insert(span) }
                }
                return found
            case .near(let parts, let slop, isOrdered: false):
                var rest = parts.map { spans($0).sorted() }
                var found: Set<Span> = []
                while rest.allSatisfy({ !$0.isEmpty }) {
                    let window = rest.map { $0[0] }
                    let start = window.map(\.start).min() ?? 0, end = window.map(\.end).max() ?? 0
                    let span = Span(start: start, end: end, gaps: max(0, end - start - window.reduce(0) { $0 + $1.end - $1.start - $1.gaps }))
                    if Set(window).count == window.count, span.gaps <= slop ?? .max { found.insert(span) }
                    rest[window.firstIndex { $0.start == start } ?? 0].removeFirst()
                }
                return found
            case .first(let part, let end): return spans(part).filter { $0.end <= end }
            case .apart(let part, let other, let before, let after):
                let others = spans(other)
                return spans(part).filter { span in !others.contains { $0.start < span.end + after && span.start - before < $0.end } }
            case .related(let part, let relation, let other):
                let others = spans(other)
                return spans(part).filter { holds(relation, $0, others) }
            }
        }

        private func holds(_ relation: SpanQuery.Relation, _ span: Span, _ others: Set<Span>) -> Bool {
            switch relation {
            case .containing: others.contains { span.start <= $0.start && $0.end <= span.end }
            case .notContaining: !others.contains { span.start <= $0.start && $0.end <= span.end }
            case .containedBy: others.contains { $0.start <= span.start && span.end <= $0.end }
            case .notContainedBy: !others.contains { $0.start <= span.start && span.end <= $0.end }
            case .overlapping: others.contains { $0.start < span.end && span.start < $0.end }
            case .notOverlapping: !others.contains { $0.start < span.end && span.start < $0.end }
            case .before: others.contains { span.end <= $0.start }
            case .after: others.contains { $0.end <= span.start }
            }
        }
    }

    private func query(depth: Int, _ random: inout SeededGenerator) -> SpanQuery {
        func part() -> SpanQuery { query(depth: depth - 1, &random) }
        if depth == 0 { return .term(["a", "b", "c"].randomElement(using: &random) ?? "a") }
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return .any([part(), part()])
        case 1, 2:
            let parts = (0..<Int.random(in: 1...3, using: &random)).map { _ in part() }
            return .near(parts, slop: [nil, 0, 2].randomElement(using: &random) ?? nil, isOrdered: .random(using: &random))
        case 3: return .first(part(), end: Int.random(in: 0...20, using: &random))
        case 4: return .apart(part(), from: part(), before: Int.random(in: 0...2, using: &random), after: Int.random(in: 0...2, using: &random))
        default: return .related(part(), SpanQuery.Relation.allCases.randomElement(using: &random) ?? .before, part())
        }
    }

    @Test func findsWhatLookingAtAllFinds() {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...25, using: &random)).map { _ in ["a", "b", "c", "d"].randomElement(using: &random) ?? "a" }
            let places: (SpanQuery) -> [Int] = { leaf in
                guard case .term(let term) = leaf else { return [] }
                return text.indices.filter { text[$0] == term }
            }
            let query = query(depth: Int.random(in: 0...3, using: &random), &random)
            var finder = SpanFinder(places: places)
            let found = finder.spans(query)
            #expect(Set(found) == Twin(places: places).spans(query), "\(query) in \(text)")
            #expect(found == found.sorted() && Set(found).count == found.count)
        }
    }

    /// A text that repeats its words must not cost the product of their numbers.
    @Test(arguments: [
        .near([.term("b"), .term("a")], slop: nil, isOrdered: true), .near([.term("a"), .term("b"), .term("a")], slop: nil, isOrdered: true),
        .near([.term("a"), .term("b")], slop: nil, isOrdered: false),
        .near([SpanQuery](repeating: .term("a"), count: 10) + [.term("b")], slop: nil, isOrdered: false),
        .apart(.term("b"), from: .term("a"), before: 1, after: 1), .related(.term("b"), .containing, .term("a")),
        .related(.term("b"), .notContainedBy, .term("a")), .related(.term("a"), .before, .term("b")),
        .related(.term("b"), .after, .term("a")), .related(.term("b"), .overlapping, .term("a")),
    ] as [SpanQuery])
    func worksInProportion(query: SpanQuery) {
        let count = 4000
        // All of one before all of the other.
        var finder = SpanFinder { $0 == .term("a") ? Array(0..<count) : Array(count..<(2 * count)) }
        _ = finder.spans(query)
        let leaves = if case .near(let parts, _, _) = query { parts.count } else { 2 }
        #expect(finder.steps <= leaves * count * 20)
    }
}
