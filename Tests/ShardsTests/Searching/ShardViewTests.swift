import Query
import Shards
import Testing
import TestSupport

struct ShardViewTests {
    /// A vector that is not what was written any more is no answer; others are.
    @Test func damagedVectorsAreErrors() async throws {
        let directory = try TemporaryDirectory()
        var documents = try Documents(properties: #"{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}"#)
        let shard = try makeShard(directory)
        for id in 0..<20 { try await shard.write(try documents.index("\(id)", #"{"v":[\#(id),0]}"#)) }
        let view = try await shard.refresh()
        let plan = KNNPlan(field: "v", vector: [3, 0], k: 3, candidates: 20)
        #expect(try Set(view.ids(nearest: plan)) == ["2", "3", "4"])
        // A header of a page, then rows of 64 bytes: the second component of document 4.
        try directory.flipByte(at: 4096 + 4 * 64 + 4, of: "vectors/v/vectors.f32")
        #expect(thrownCase { try view.nearest(plan) } == "vectors.damagedFile")
        let far = KNNPlan(field: "v", vector: [15, 0], k: 3, candidates: 20)
        #expect(try view.nearest(far).documents.count == 3)
        let query = try documents.plan(Query(.knn(KNNQuery(field: "v", vector: .vector([3, 0]), k: 3, candidates: 20))))
        #expect(thrownCase { try view.search(query, limit: 10) } == "vectors.damagedFile")
        let script = try documents.plan(
            Query(.scriptScore(scriptScore("1 / (1 + l2norm(params.v, 'v'))", [3, 0]))))
        #expect(thrownCase { try view.search(script, limit: 3) } == "vectors.damagedFile")
        #expect(try view.search(script, limit: 1).documents.map(\.ordinal) == [3])
    }
}
