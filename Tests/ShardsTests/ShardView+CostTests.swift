import Query
import Shards
import Testing

@Suite struct ShardViewCostTests {
    /// 100 documents with a graph and a flat field.
    private func view() async throws -> (TemporaryDirectory, ShardView) {
        let directory = try TemporaryDirectory()
        let shard = try openShard(directory)
        let vector = #""type":"dense_vector","dims":2,"similarity":"l2_norm","index_options""#
        var documents = try Documents(
            properties: #"{"graph":{\#(vector):{"type":"hnsw"}},"flat":{\#(vector):{"type":"flat"}}}"#)
        for number in 0..<100 {
            try await shard.write(try documents.index("\(number)", #"{"graph":[\#(number),1],"flat":[\#(number),1]}"#))
        }
        return (directory, try await shard.refresh())
    }

    private func knn(_ field: String, candidates: Int, filter: QueryPlan? = nil) -> SearchPlan {
        SearchPlan(
            query: nil,
            knn: [.init(KNNPlan(field: field, vector: [0, 1], k: 1, candidates: candidates, filter: filter))])
    }

    @Test func aWalkOfAGraphCostsByItsCandidates() async throws {
        let (_, view) = try await view()
        #expect(view.visits(of: knn("graph", candidates: 2)) == 32)
        #expect(view.visits(of: knn("graph", candidates: 50)) == 100)
    }

    @Test func scansCostByDocuments() async throws {
        let (_, view) = try await view()
        #expect(view.visits(of: knn("flat", candidates: 2)) == 100)
        #expect(view.visits(of: knn("graph", candidates: 2, filter: .matchAll)) == 100)
        #expect(view.visits(of: SearchPlan(query: .matchAll)) == 100)
        #expect(view.visits(of: SearchPlan(query: .ids(["1", "2"]))) == 2)
        #expect(view.visits(of: SearchPlan(query: nil)) == 0)
    }
}
