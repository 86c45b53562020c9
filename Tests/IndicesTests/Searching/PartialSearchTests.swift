import Foundation
import Query
import Shards
import Testing
import TestSupport

@testable import Indices

@Suite struct PartialSearchTests {
    /// `good` takes a kNN search, `bad` does not.
    private func node() async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("good", mappings: #"{"properties":{"v":{"type":"dense_vector","dims":2}}}"#)
        try await node.createIndex(
            "bad", mappings: #"{"properties":{"v":{"type":"keyword"}}}"#, settings: #"{"number_of_shards":2}"#)
        try await node.index("good", "1", #"{"v":[1,2]}"#)
        try await node.index("bad", "1", #"{"v":"x"}"#)
        return node
    }

    private let search = Search(knn: [.init(KNNQuery(field: "v", vector: .vector([1, 2]), k: 1, candidates: 5))])

    @Test func someShardsFail() async throws {
        let node = try await node()
        let response = try await node.registry.search(search, in: .all)
        #expect(response.hits.map(\.index) == ["good"])
        #expect(response.shards.total == 3)
        #expect(response.failures.map(\.index) == ["bad", "bad"] && response.failures.map(\.shard) == [0, 1])
        #expect(await thrownCase {
            try await node.registry.search(search, in: .all, options: SearchOptions(allowsPartialResults: false))
        } == "searchFailed")
    }

    @Test func allShardsFail() async throws {
        let node = try await node()
        do {
            _ = try await node.registry.search(search, in: IndexExpression(["bad"]))
            Issue.record("nothing failed")
        } catch IndicesError.planning(.notAVectorField, index: "bad", uuid: _) {
        }
        try await node.createIndex("worse", mappings: #"{"properties":{"v":{"type":"long"}}}"#)
        do {
            _ = try await node.registry.search(search, in: IndexExpression(["bad", "worse"]))
            Issue.record("nothing failed")
        } catch IndicesError.searchFailed(let failures, isPartial: false) {
            #expect(failures.count == 3)
        }
    }

    /// A shard that fails while it searches is left out, and the others are asked again.
    @Test func aClosedShardIsLeftOut() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":3}"#)
        for number in 0..<30 { try await node.index("i", "\(number)", "{}", refresh: .none) }
        _ = try await node.registry.refresh(.all)
        let index = try #require(node.registry.index("i"))
        let lost = index.shards[1].view.documentCount
        try await index.shards[1].close(flushing: false)
        let response = try await node.registry.search(Search(size: 50), in: .all)
        #expect(response.failures.map(\.shard) == [1] && response.hits.count == 30 - lost)
        #expect(await thrownCase {
            try await node.registry.search(Search(size: 50), in: .all, options: SearchOptions(allowsPartialResults: false))
        } == "searchFailed")
    }

    @Test func routingChoosesShards() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":8}"#)
        for number in 0..<40 {
            _ = try await node.registry.write([
                WriteOperation(.index, index: "i", id: "\(number)", routing: "r\(number % 2)", source: Array("{}".utf8))
            ])[0].get()
        }
        _ = try await node.registry.refresh(.all)
        let one = try await node.registry.search(Search(size: 50), in: .all, options: SearchOptions(routing: ["r0"]))
        let places = Set(["r0", "r1"].map { ShardRouting.shard(for: $0, of: 8) })
        #expect(one.shards.total == 1 && one.hits.count == (places.count == 2 ? 20 : 40))
        let both = try await node.registry.search(Search(size: 50), in: .all, options: SearchOptions(routing: ["r0", "r1"]))
        #expect(both.shards.total == places.count && both.hits.count == 40)
    }

    @Test func termsOfAnotherDocument() async throws {
        let node = try await TestNode()
        try await node.index("lists", "1", #"{"o":[{"t":["a",1]},{"t":"b"}]}"#)
        for word in ["a", "b", "c"] { try await node.index("i", word, #"{"k":"\#(word)"}"#) }
        func found(_ lookup: DocumentLookup) async throws -> [String] {
            let query = Query(.terms(TermsQuery(field: "k.keyword", values: [], lookup: lookup)))
            let nested = Query(.bool(BoolQuery(filter: [query])))
            return try await node.registry.search(Search(query: nested), in: IndexExpression(["i"])).hits.map(\.id)
        }
        #expect(try await found(.init(index: "lists", id: "1", path: "o.t")) == ["a", "b"])
        #expect(try await found(.init(index: "lists", id: "2", path: "o.t")).isEmpty)
        #expect(try await found(.init(index: "lists", id: "1", path: "none")).isEmpty)
        #expect(await thrownCase { try await found(.init(index: "none", id: "1", path: "o.t")) } == "indexNotFound")
    }
}
