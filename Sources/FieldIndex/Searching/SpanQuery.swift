/// What stands where in a text: parts and how they lie to each other. Lucene's spans and intervals.
public indirect enum SpanQuery: Hashable, Sendable {
    case term(String)
    case matching(TermPattern)
    case fuzzy(FuzzyQuery)
    /// All parts, with so many places between them at most; nil: any number.
    case near([SpanQuery], slop: Int?, isOrdered: Bool)
    case any([SpanQuery])
    /// What ends at this place at the latest.
    case first(SpanQuery, end: Int)
    /// What no other part overlaps, extended to both sides.
    case apart(SpanQuery, from: SpanQuery, before: Int, after: Int)
    /// What lies to some other part as said.
    case related(SpanQuery, Relation, SpanQuery)
    case nothing

    /// How a span must lie to those of another query.
    public enum Relation: String, Hashable, Sendable, CaseIterable {
        case containing, containedBy, notContaining, notContainedBy, overlapping, notOverlapping, before, after
    }

    /// How what is found scores.
    public enum Scoring: Hashable, Sendable {
        /// As a term as rare as all of its terms together: `span_*`.
        case frequency(Similarity)
        /// f / (f + 1): `intervals`.
        case saturation
    }
}

/// A part of a text: from one place to before another, and how many places in it are not its parts'.
struct Span: Hashable {
    var start: Int
    var end: Int
    var gaps = 0
}

/// Finds spans in one document.
struct SpanFinder {
    /// Spans of one part that are followed at most: repetitions of few words have more combinations than anyone looks at.
    private static let limit = 10_000

    /// Where a leaf stands.
    let places: (SpanQuery) -> [Int]

    /// In the order in which they begin.
    func spans(_ query: SpanQuery) -> [Span] {
        switch query {
        case .nothing: return []
        case .term, .matching, .fuzzy: return places(query).map { Span(start: $0, end: $0 + 1) }
        case .any(let parts): return sorted(parts.flatMap(spans))
        case .near(let parts, let slop, let isOrdered):
            let lists = parts.map(spans)
            guard !lists.isEmpty, lists.allSatisfy({ !$0.isEmpty }) else { return [] }
            let found = isOrdered ? ordered(lists) : unordered(lists)
            return sorted(found.filter { $0.gaps <= slop ?? .max })
        case .first(let part, let end): return spans(part).filter { $0.end <= end }
        case .apart(let part, let other, let before, let after):
            let others = spans(other)
            return spans(part).filter { span in !others.contains { $0.start < span.end + after && span.start - before < $0.end } }
        case .related(let part, let relation, let other):
            let others = spans(other)
            return spans(part).filter { relation.holds($0, others) }
        }
    }

    /// For each beginning, the nearest of each next part.
    private func ordered(_ lists: [[Span]]) -> [Span] {
        lists[0].compactMap { first in
            var span = first
            for list in lists.dropFirst() {
                guard let next = list.first(where: { $0.start >= span.end }) else { return nil }
                span = Span(start: span.start, end: next.end, gaps: span.gaps + next.gaps + next.start - span.end)
            }
            return span
        }
    }

    /// The smallest windows with all parts: the one that begins first goes on, over and over.
    private func unordered(_ lists: [[Span]]) -> [Span] {
        var next = lists.map { _ in 0 }
        var found: [Span] = []
        while found.count < Self.limit {
            let spans = lists.indices.map { lists[$0][next[$0]] }
            guard let start = spans.map(\.start).min(), let end = spans.map(\.end).max(),
                let first = spans.firstIndex(where: { $0.start == start })
            else { return found }
            // No place is two parts'.
            if Set(spans).count == spans.count {
                let covered = spans.reduce(0) { $0 + $1.end - $1.start - $1.gaps }
                found.append(Span(start: start, end: end, gaps: max(0, end - start - covered)))
            }
            next[first] += 1
            if next[first] == lists[first].count { return found }
        }
        return found
    }

    private func sorted(_ spans: [Span]) -> [Span] {
        var seen = Set<Span>()
        return spans.filter { seen.insert($0).inserted }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
    }
}

extension SpanQuery.Relation {
    fileprivate func holds(_ span: Span, _ others: [Span]) -> Bool {
        func contains(_ outer: Span, _ inner: Span) -> Bool { outer.start <= inner.start && inner.end <= outer.end }
        func overlaps(_ other: Span) -> Bool { other.start < span.end && span.start < other.end }
        switch self {
        case .containing: return others.contains { contains(span, $0) }
        case .notContaining: return !others.contains { contains(span, $0) }
        case .containedBy: return others.contains { contains($0, span) }
        case .notContainedBy: return !others.contains { contains($0, span) }
        case .overlapping: return others.contains(where: overlaps)
        case .notOverlapping: return !others.contains(where: overlaps)
        case .before: return others.contains { span.end <= $0.start }
        case .after: return others.contains { $0.end <= span.start }
        }
    }
}
