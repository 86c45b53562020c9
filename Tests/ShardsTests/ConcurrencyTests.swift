import Mapping
import Query
import Shards
import Testing

struct ConcurrencyTests {
    /// Writers, refreshes, purges and searches at once: a view never shows half of a document, nor two of one id.
    @Test func searchesRunBesideWrites() async throws {
        let directory = try TemporaryDirectory()
        let shard = try makeShard(directory, configuration: .init(purgeThreshold: 50))
        let documents = try Documents(
            properties:
                #"{"n":{"type":"long"},"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}}}"#
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    var documents = documents
                    for round in 0..<25 {
                        let operations = try (0..<5).map {
                            try documents.index("\(writer)-\($0)", #"{"n":\#(round),"v":[\#(writer),\#(round)]}"#)
                        }
                        for result in await shard.write(operations) { _ = try result.get() }
                    }
                }
            }
            group.addTask { for _ in 0..<20 { try await shard.refresh() } }
            group.addTask {
                for _ in 0..<5 {
                    try await shard.flush()
                    try await shard.purge()
                }
            }
            for _ in 0..<2 {
                group.addTask {
                    for _ in 0..<50 {
                        let view = shard.view
                        let ids = try view.ids(.matchAll)
                        #expect(ids.count == view.documentCount)
                        #expect(Set(ids).count == ids.count)
                        let nearest = try view.nearest(KNNPlan(field: "v", vector: [0, 0], k: 50, candidates: 50))
                            .documents
                        #expect(nearest.count == ids.count)
                        // Whatever round it is from, a document has both its number and its vector.
                        #expect(try view.search(.exists(fields: ["n"]), limit: 0).total == ids.count)
                    }
                }
            }
            try await group.waitForAll()
        }
        let view = try await shard.refresh()
        #expect(view.documentCount == 20)
        let last = QueryPlan.term(field: "n", value: .long(24), scoring: .constant)
        #expect(try view.search(last, limit: 0).total == 20)
    }
}
