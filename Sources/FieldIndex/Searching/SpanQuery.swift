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
