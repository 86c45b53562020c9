import JSON
import Mapping
import Testing

@testable import Query

struct PlannerNestedTests {
    private let planner = (try? Mapping(
        decoding: JSONDocument(
            parsing: #"""
                {"properties":{"k":{"type":"keyword"},"o":{"type":"nested","properties":{"k":{"type":"keyword"},"n":{"type":"long"},
                 "v":{"type":"dense_vector","dims":2},"p":{"type":"nested","properties":{"k":{"type":"keyword"}}}}},"x":{"type":"object"}}}
                """#
        ).root)).map { Planner(mapping: $0, now: 0) }

    private func term(_ field: String) -> Query { Query(.term(TermQuery(field: field, value: .string("a")))) }
    private func plan(_ field: String) -> QueryPlan { .term(field: field, value: .term("a"), scoring: .bm25) }

    @Test func levelsAreResolved() throws {
        let planner = try #require(planner)
        let inner = Query(.nested(NestedQuery(path: "o.p", query: term("o.p.k"), scoreMode: .max)))
        let deep = NestedPlan(level: NestedLevel(path: "o.p", parent: "o"), query: plan("o.p.k"), scoreMode: .max)
        #expect(
            try planner.plan(Query(.nested(NestedQuery(path: "o", query: inner))))
                == .nested(NestedPlan(level: NestedLevel(path: "o", parent: nil), query: .nested(deep), scoreMode: .avg)))
        #expect(try planner.plan(inner) == .nested(NestedPlan(level: .init(path: "o.p", parent: nil), query: plan("o.p.k"), scoreMode: .max)))
        #expect(try planner.plan(Query(.nested(NestedQuery(path: "o", query: Query(.matchNone))))) == .matchNone)
        #expect(try planner.plan(Query(.nested(NestedQuery(path: "z", query: .matchAll, ignoresUnmapped: true)))) == .matchNone)
        #expect(throws: PlanningError.nestedPathNotMapped("z")) { try planner.plan(Query(.nested(NestedQuery(path: "z", query: .matchAll)))) }
        #expect(throws: PlanningError.pathNotNested("x")) { try planner.plan(Query(.nested(NestedQuery(path: "x", query: .matchAll)))) }
    }

    /// Filters are of what is around the objects if they might match anything there.
    @Test func filtersOfNeighboursFindTheirLevel() throws {
        let planner = try #require(planner)
        let filter = [term("k"), term("o.k"), Query(.bool(BoolQuery(mustNot: [term("o.k")]))), Query(.bool(BoolQuery(must: [term("o.k")], should: [term("k")])))]
        let knn = KNNQuery(field: "o.v", vector: .vector([1, 0]), k: 2, candidates: 3, filter: filter)
        let bound = try #require(try planner.plan(knn, k: 2, candidates: 3))
        #expect(bound.nested == NestedLevel(path: "o", parent: nil))
        #expect(bound.parentFilter == .bool(BoolPlan(filter: [plan("k"), .bool(BoolPlan(mustNot: [plan("o.k")]))])))
        #expect(bound.filter == .bool(BoolPlan(filter: [plan("o.k"), .bool(BoolPlan(must: [plan("o.k")], should: [plan("k")]))])))
    }

    @Test func innerHitsAreGathered() throws {
        let planner = try #require(planner)
        var named = InnerHits()
        named.name = "mine"
        named.sort = Sort([.init(.field(FieldSort(name: "o.n")), .descending)])
        let inner = Query(.nested(NestedQuery(path: "o.p", query: term("o.p.k"), innerHits: InnerHits())))
        let query = Query(
            .bool(
                BoolQuery(
                    must: [Query(.nested(NestedQuery(path: "o", query: inner, innerHits: named)))],
                    mustNot: [Query(.nested(NestedQuery(path: "o", query: term("o.k"), innerHits: InnerHits())))])))
        let hits = try planner.plan(Search(query: query)).innerHits
        #expect(hits.map(\.name) == ["mine"] && hits.first?.nested.map(\.name) == ["o.p"])
        #expect(hits.first?.nested.first?.level == NestedLevel(path: "o.p", parent: "o") && hits.first?.order.keys.count == 1)
        let twice = Query(.bool(BoolQuery(should: [inner, inner])))
        #expect(throws: PlanningError.duplicateInnerHits("o.p")) { try planner.plan(Search(query: twice)) }
        var many = InnerHits()
        many.size = 101
        #expect(throws: PlanningError.innerResultWindowTooLarge(name: "o", requested: 101, limit: 100)) {
            try planner.plan(Search(query: Query(.nested(NestedQuery(path: "o", query: .matchAll, innerHits: many)))))
        }
        let clause = Search.KNNClause(KNNQuery(field: "o.v", vector: .vector([1, 0]), k: 1, candidates: 1), boost: 2, innerHits: InnerHits())
        let near = try planner.plan(Search(knn: [clause])).innerHits
        #expect(near.map(\.name) == ["o"] && near.first?.boost == 2)
    }

    @Test func aggregationsKnowWhereTheyAre() throws {
        let planner = try #require(planner)
        let back = Aggregation("b", .reverseNested(path: "o"), subaggregations: [Aggregation("r", .reverseNested(path: nil))])
        let deep = Aggregation("d", .nested(path: "o.p"), subaggregations: [back, Aggregation("g", .reverseNested(path: nil))])
        let plans = try planner.plan([Aggregation("n", .nested(path: "o"), subaggregations: [deep]), Aggregation("u", .nested(path: "zz"))])
        #expect(plans[0].kind == .nested(NestedLevel(path: "o", parent: nil)) && plans[1].kind == .nested(nil))
        #expect(plans[0].subplans[0].kind == .nested(NestedLevel(path: "o.p", parent: "o")))
        let below = plans[0].subplans[0].subplans
        #expect(below[0].kind == .reverseNested(NestedLevel(path: "o.p", parent: "o")))
        #expect(below[0].subplans[0].kind == .reverseNested(NestedLevel(path: "o", parent: nil)))
        #expect(below[1].kind == .reverseNested(NestedLevel(path: "o.p", parent: nil)))
        #expect(throws: PlanningError.reverseNestedOutside("b")) { try planner.plan([back]) }
    }

    /// An alias's filter comes before neighbours are looked for, wherever that is.
    @Test func filtersOfAliasesReachNeighbours() {
        let knn = Query(.knn(KNNQuery(field: "o.v", vector: .vector([1, 0]))))
        let search = Search(query: Query(.nested(NestedQuery(path: "o", query: Query(.bool(BoolQuery(must: [knn]))))))).filtered(by: term("k"))
        guard case .bool(let outer) = search.query?.kind, case .nested(let nested) = outer.must.first?.kind,
            case .bool(let inner) = nested.query.kind, case .knn(let filtered) = inner.must.first?.kind
        else {
            Issue.record("the query lost its form")
            return
        }
        #expect(filtered.filter == [term("k")] && outer.filter == [term("k")])
    }
}
