import Mapping
import Query
import Shards
import Scripts
import Testing

@Suite struct ShardViewCostTests {
    /// 100 documents with a graph and a flat field, both of 64 dimensions, and a keyword.
    private func view() async throws -> (TemporaryDirectory, ShardView) {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory)
        let vector = #""type":"dense_vector","dims":64,"similarity":"l2_norm","index_options""#
        var documents = try Documents(
            properties: """
                {"graph":{\(vector):{"type":"hnsw"}},"flat":{\(vector):{"type":"flat"}},"k":{"type":"keyword"}}
                """)
        for number in 0..<100 {
            let values = [String(number)] + repeatElement("1", count: 63)
            let list = "[\(values.joined(separator: ","))]"
            try await shard.write(
                try documents.index("\(number)", #"{"graph":\#(list),"flat":\#(list),"k":"\#(number % 2)"}"#))
        }
        return (directory, try await shard.refresh())
    }

    private let vectorBytes = 64.0 * 4

    private func knn(_ field: String, candidates: Int, filter: QueryPlan? = nil) -> SearchPlan {
        let vector = [Float](repeating: 0, count: 64)
        return SearchPlan(
            query: nil, knn: [.init(KNNPlan(field: field, vector: vector, k: 1, candidates: candidates, filter: filter))])
    }

    private func term(_ value: String) -> QueryPlan { .term(field: "k", value: .term(value), scoring: .constant) }

    private func script(_ query: QueryPlan, _ source: String = "1 / (1 + l2norm(params.v, 'flat'))") throws -> SearchPlan {
        let vector = [Float](repeating: 0, count: 64)
        guard case .inline(let script) = scriptScore(source, vector).script else { return SearchPlan(query: nil) }
        return SearchPlan(
            query: .scriptScore(
                ScriptScorePlan(
                    query: query, script: try ScoreScript(script),
                    calls: [.init(function: .l2norm, field: "flat", vector: vector)], mapping: Mapping())))
    }

    @Test func walksCostByCandidatesAndDimensions() async throws {
        let (_, view) = try await view()
        let two = view.cost(of: knn("graph", candidates: 2))
        #expect(two > 32 * vectorBytes && two < 128 * vectorBytes)
        #expect(view.cost(of: knn("graph", candidates: 50)) > 100 * vectorBytes)
    }

    @Test func scansCostByDocumentsAndDimensions() async throws {
        let (_, view) = try await view()
        #expect(view.cost(of: knn("flat", candidates: 2)) > 100 * vectorBytes)
        #expect(view.cost(of: knn("graph", candidates: 2, filter: .matchAll)) > 100 * vectorBytes)
        #expect(try view.cost(of: script(.matchAll)) > 100 * vectorBytes)
        // One document is compared, and half of them.
        #expect(try view.cost(of: script(.ids(["1"]))) - view.cost(of: SearchPlan(query: .ids(["1"]))) < 2 * vectorBytes)
        #expect(try view.cost(of: script(term("1"))) - view.cost(of: SearchPlan(query: term("1"))) > 50 * vectorBytes)
        let oneByOne = try script(.matchAll, "doc['k'].size() + l2norm(params.v, 'flat')")
        #expect(try view.cost(of: oneByOne) > view.cost(of: script(.matchAll)))
        #expect(view.cost(of: SearchPlan(query: nil)) == 0)
    }

    @Test func clausesAddUp() async throws {
        let (_, view) = try await view()
        let one = view.cost(of: SearchPlan(query: term("1")))
        let many = [QueryPlan](repeating: term("1"), count: 1000)
        for bool in [BoolPlan(must: many), BoolPlan(filter: many), BoolPlan(should: many), BoolPlan(mustNot: many)] {
            #expect(view.cost(of: SearchPlan(query: .bool(bool))) >= 1000 * one)
        }
        let all = SearchPlan(query: .bool(BoolPlan(should: many, minimumShouldMatch: 1000)))
        #expect(view.cost(of: all) > view.cost(of: SearchPlan(query: .bool(BoolPlan(should: many)))))
        let terms = QueryPlan.terms(field: "k", values: (0..<1000).map { .term("\($0)") })
        #expect(view.cost(of: SearchPlan(query: terms)) > 500 * one / 2)
        #expect(view.cost(of: SearchPlan(query: .named(term("1"), "n"))) == 2 * one)
        let filtered = view.cost(of: knn("flat", candidates: 2, filter: term("1")))
        #expect(filtered > view.cost(of: knn("flat", candidates: 2)) + one / 2)
    }

    /// Ids are read by few statements: a row each, no set each.
    @Test func idsCostRows() async throws {
        let (_, view) = try await view()
        let one = view.cost(of: SearchPlan(query: .ids(["1"])))
        let many = view.cost(of: SearchPlan(query: .ids((0..<1000).map(String.init))))
        #expect(many > one && many < 100 * one)
    }
}
