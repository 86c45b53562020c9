internal import FieldIndex
internal import Mapping

extension Planner {
    /// A match query whose words run in ways side by side.
    ///
    /// - Throws: `PlanningError.tooManyWays`.
    func plan(_ graph: TokenGraph, _ match: MatchQuery, _ field: FieldMapping) throws(PlanningError) -> QueryPlan {
        guard match.form == .terms else {
            guard let ways = graph.ways() else { throw .tooManyWays(limit: TokenGraph.maximumWays) }
            return .any(try ways.map { way throws(PlanningError) in try phrase(way, match, field) })
        }
        guard let segments = graph.segments() else { throw .tooManyWays(limit: TokenGraph.maximumWays) }
        let plans = try segments.map { segment throws(PlanningError) in
            switch segment {
            case .words(let terms, let position): return try plan(of: PhraseQuery.Slot(terms, position: position), match)
            case .ways(let ways):
                return QueryPlan.any(
                    try ways.map { way throws(PlanningError) in
                        if way.count > 1, match.options.makesPhrasesOfSynonyms {
                            return .phrase(PhraseQuery(field: match.field, slots: Self.slots(way), similarity: field.similarity))
                        }
                        let terms = try Self.slots(way).map { slot throws(PlanningError) in try plan(of: slot, match) }
                        return terms.count == 1 ? terms[0] : .bool(BoolPlan(must: terms))
                    })
            }
        }
        return combined(plans, match.options)
    }

    private func phrase(_ way: [String], _ match: MatchQuery, _ field: FieldMapping) throws(PlanningError) -> QueryPlan {
        let slots = Self.slots(way)
        switch match.form {
        case .phrase(let slop) where slots.count > 1:
            return .phrase(PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity))
        case .phrasePrefix(let slop, let expansions):
            return .phrasePrefix(
                PhraseQuery(field: match.field, slots: slots, slop: slop, similarity: field.similarity), expansions: expansions)
        case .phrase, .terms, .boolPrefix: return try slots.first.map { slot throws(PlanningError) in try plan(of: slot, match) } ?? .matchNone
        }
    }

    private static func slots(_ way: [String]) -> [PhraseQuery.Slot] {
        way.enumerated().map { PhraseQuery.Slot([$0.element], position: $0.offset) }
    }
}
