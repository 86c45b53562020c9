import FieldIndex
import JSON
import Mapping
import Testing

@testable import Query

struct RetrieverTests {
    private let filter = Query(.exists(field: "f"))

    @Test func aRetrieverOfOneQueryIsASearch() {
        var standard = StandardRetriever(query: Query(.ids(["1"])), sort: Sort([.init(.document, .ascending)]))
        standard.terminateAfter = 3
        var search = Search(size: 4)
        search.retriever = Retriever(.standard(standard), filter: [filter], minimumScore: 2, name: "n")
        let lowered = search.loweringRetriever
        #expect(lowered.retriever == nil && lowered.size == 4 && lowered.minimumScore == 2 && lowered.terminateAfter == 3)
        #expect(lowered.sort == standard.sort)
        #expect(lowered.query == Query(.bool(BoolQuery(must: [Query(.ids(["1"]))], filter: [filter])), name: "n"))
        search.retriever = Retriever(.standard(StandardRetriever()))
        #expect(search.loweringRetriever.query == .matchAll)
        search.retriever = Retriever(
            .knn(KNNQuery(field: "v", vector: .vector([1]), k: 2, candidates: 3)), filter: [filter], name: "n")
        let clause = search.loweringRetriever.knn.first
        #expect(clause?.name == "n" && clause?.knn.filter == [filter] && search.loweringRetriever.query == nil)
    }

    @Test func aCompoundStaysOne() {
        var search = Search()
        search.retriever = Retriever(.fused(FusedRetriever(.linear, children: [])))
        #expect(search.loweringRetriever == search)
        #expect(search.retriever?.window == 10 && search.retriever?.kindName == "linear")
        let rescorer = RescorerRetriever(
            child: Retriever(.standard(StandardRetriever())),
            rescorers: [Rescorer(.query(.init(.matchAll)), window: 7), Rescorer(.query(.init(.matchAll)), window: 5)])
        #expect(Retriever(.rescorer(rescorer)).window == 5 && Retriever(.rescorer(rescorer)).children.count == 1)
    }

    @Test func pinnedScoresAreBeyondAllOthersAndDescend() throws {
        let pinned = PinnedRetriever(
            documents: [.init(id: "a"), .init(index: "i", id: "b")], child: Retriever(.standard(StandardRetriever())))
        guard case .disMax(let clauses, 0) = pinned.query(beside: filter).kind else {
            Issue.record("no dis_max")
            return
        }
        #expect(clauses.map(\.boost) == [Float(bitPattern: 0x7F00_0003), Float(bitPattern: 0x7F00_0002), 1])
        #expect(clauses.last == filter)
        let planner = Planner(mapping: Mapping(), now: 0, indexName: "i")
        let elsewhere = Planner(mapping: Mapping(), now: 0, indexName: "j")
        #expect(try planner.plan(clauses[1]) != .matchNone)
        #expect(try elsewhere.plan(clauses[1]) == .matchNone)
    }

    @Test func aTextForSeveralFieldsIsOneQuery() {
        let fused = FusedRetriever(
            .linear, children: [], fields: .init(fields: [WeightedField("a", weight: 2)], text: "x", normalizer: .minmax))
        #expect(fused.expanded.children.count == 1 && fused.expanded.fields == nil)
        #expect(fused.expanded.children[0].normalizer == .minmax)
        guard case .standard(let standard) = fused.expanded.children[0].retriever.kind,
            case .multiMatch(let query) = standard.query?.kind
        else {
            Issue.record("no multi_match")
            return
        }
        #expect(query.kind == .mostFields && query.fields == [WeightedField("a", weight: 2)] && query.text == .string("x"))
    }

    @Test func rankedDocumentsAreTheShardsOwn() throws {
        let documents = RankedDocuments(
            [
                ScoredDocument(shard: 1, ordinal: 4, score: 3), ScoredDocument(shard: 0, ordinal: 2, score: 0),
                ScoredDocument(shard: 9, ordinal: 1, score: 1),
            ], shards: 2)
        let query = Query(
            .bool(BoolQuery(must: [Query(.ranked(RankedMatches(documents, others: [filter])), boost: 2, name: "n")])))
        let plan = try Planner(mapping: Mapping(), now: 0).plan(query)
        func ranked(_ plan: QueryPlan) -> [ScoredOrdinal]? {
            guard case .bool(let bool) = plan, case .named(.boosted(.ranked(let ranked), 2), "n") = bool.must.first else {
                return nil
            }
            return ranked.ranked
        }
        #expect(ranked(plan) == [])
        // A score of 0 still comes before what is not ranked.
        #expect(ranked(plan.onShard(0)) == [ScoredOrdinal(ordinal: 2, score: .leastNonzeroMagnitude)])
        #expect(ranked(plan.onShard(1)) == [ScoredOrdinal(ordinal: 4, score: 3)])
        #expect(ranked(plan.onShard(7)) == [])
    }

    @Test func groupsNeedAKeywordOrANumber() throws {
        let mapping = try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"k":{"type":"keyword"},"t":{"type":"text"},"n":{"type":"long","doc_values":false}}}"#
            ).root)
        let planner = Planner(mapping: mapping, now: 0)
        #expect(try planner.groupKey(Collapse(field: "k")).missing == .absent)
        #expect(throws: PlanningError.collapseFieldNotMapped("x")) { try planner.groupKey(Collapse(field: "x")) }
        #expect(throws: PlanningError.collapseNotSupported(field: "t", type: "text")) {
            try planner.groupKey(Collapse(field: "t"))
        }
        #expect(throws: PlanningError.collapseWithoutColumn("n")) { try planner.groupKey(Collapse(field: "n")) }
    }

    @Test func onlyTheFirstOfAGroupIsMerged() {
        let merged = TopDocuments.merge(
            [
                [ScoredOrdinal(ordinal: 1, score: 5), ScoredOrdinal(ordinal: 2, score: 3)],
                [ScoredOrdinal(ordinal: 1, score: 4), ScoredOrdinal(ordinal: 7, score: 2)],
            ], groups: [[.long(1), .absent], [.long(1), .long(2)]], limit: 3)
        #expect(merged.map(\.score) == [5, 3, 2] && merged.map(\.group) == [.long(1), .absent, .long(2)])
    }

    @Test(arguments: [
        (Rescorer.Mode.total, Float(8)), (.multiply, 15), (.avg, 4), (.max, 5), (.min, 3),
    ])
    func modes(_ mode: Rescorer.Mode, _ expected: Float) {
        #expect(mode.combine(3, 5) == expected)
    }
}
