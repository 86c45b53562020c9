import JSON
import Query
import TestSupport
import Scripts
import Testing

@testable import Indices

@Suite struct SearchCoordinatorTests {
    private static let mappings =
        #"{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm","index_options":{"type":"hnsw"}},"k":{"type":"keyword"}}}"#

    /// 60 documents on a line at (n, 1), over `shards` shards.
    private func node(shards: Int) async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("line", mappings: Self.mappings, settings: #"{"number_of_shards":\#(shards)}"#)
        let operations = (0..<60).map { number in
            WriteOperation(
                .index, index: "line", id: "\(number)", source: Array(#"{"v":[\#(number),1],"k":"k\#(number % 3)"}"#.utf8))
        }
        for result in await node.registry.write(operations, refresh: .immediate) { _ = try result.get() }
        return node
    }

    private func nearest(_ x: Float, k: Int, filter: [Query] = []) -> Search.KNNClause {
        .init(KNNQuery(field: "v", vector: .vector([x, 1]), k: k, candidates: 60, filter: filter))
    }

    private func ids(_ response: SearchResponse) -> [String] { response.hits.map(\.id) }

    @Test(arguments: [1, 4])
    func nearestOfAllShards(_ shards: Int) async throws {
        let node = try await node(shards: shards)
        let response = try await node.registry.search(Search(knn: [nearest(10.4, k: 4)]), in: .all)
        #expect(ids(response) == ["10", "11", "9", "12"])
        #expect(response.total == .init(value: 4, isExact: true))
        #expect(response.shards.total == shards)
        #expect(response.maximumScore == response.hits[0].score)
        #expect(abs((response.hits[0].score ?? 0) - 1 / (1 + 0.16)) < 1e-4)
    }

    /// Routing puts all documents into one shard, which then holds more of the nearest than its share.
    @Test func aShardThatHoldsMoreThanItsShareIsAskedAgain() async throws {
        let node = try await TestNode()
        try await node.createIndex("line", mappings: Self.mappings, settings: #"{"number_of_shards":4}"#)
        let operations = (0..<60).map { number in
            WriteOperation(
                .index, index: "line", id: "\(number)", routing: "x", source: Array(#"{"v":[\#(number),1]}"#.utf8))
        }
        for result in await node.registry.write(operations, refresh: .immediate) { _ = try result.get() }
        var search = Search(knn: [nearest(30.2, k: 20)], size: 20)
        search.isProfiled = true
        let response = try await node.registry.search(search, in: .all)
        #expect(Set(ids(response)) == Set((21...40).map(String.init)))
        let work = try #require(response.profile).shards.map { $0.nearest.first??.work.count ?? 0 }
        #expect(work.sorted() == [0, 0, 0, 2])
    }

    @Test(arguments: [1, 4])
    func clausesAndQueryAreSummed(_ shards: Int) async throws {
        let node = try await node(shards: shards)
        let search = Search(
            query: Query(.constantScore(filter: Query(.term(TermQuery(field: "k", value: .string("k0"))))), boost: 10, name: "q"),
            knn: [.init(nearest(5.4, k: 2).knn, boost: 2, name: "near five"), nearest(50, k: 1)], size: 3)
        let response = try await node.registry.search(search, in: .all)
        #expect(abs((response.hits[0].score ?? 0) - (10 + 2 / 1.36)) < 1e-4)
        #expect(response.total?.value == 20 + 2)
        let all = try await node.registry.search(
            Search(query: search.query, knn: search.knn, size: 60), in: .all)
        let five = try #require(all.hits.first { $0.id == "5" })
        #expect(abs((five.score ?? 0) - 2 / 1.16) < 1e-4)
        #expect(five.matchedQueries == ["near five"])
        let six = try #require(all.hits.first { $0.id == "6" })
        #expect(six.score == response.hits[0].score)
        #expect(Set(six.matchedQueries) == ["q", "near five"])
    }

    @Test func filtersComeBeforeTheSearch() async throws {
        let node = try await node(shards: 2)
        let filter = Query(.terms(TermsQuery(field: "k", values: [.string("k1")])))
        let response = try await node.registry.search(Search(knn: [nearest(30, k: 3, filter: [filter])]), in: .all)
        #expect(ids(response) == ["31", "28", "34"])
    }

    @Test func exactScoresAgreeWithTheGraph() async throws {
        let node = try await node(shards: 2)
        let script = Script("1 / (1 + l2norm(params.q, 'v'))", parameters: ScriptParameters(["q": [10.4, 1]]))
        let exact = Query(.scriptScore(.init(query: .matchAll, script: .inline(script))))
        let response = try await node.registry.search(Search(query: exact, size: 4), in: .all)
        #expect(ids(response) == ["10", "11", "9", "12"])
    }

    @Test func wordsBecomeVectors() async throws {
        let node = try await node(shards: 1)
        let text = { (model: String?) in
            Search(knn: [.init(KNNQuery(field: "v", vector: .text(modelID: model, text: "twelve chars"), k: 1))])
        }
        #expect(ids(try await node.registry.search(text("fake"), in: .all)) == ["12"])
        await #expect(throws: TestNode.FakeModelError.self) { try await node.registry.search(text("other"), in: .all) }
        #expect(await thrownCase { try await node.registry.search(text(nil), in: .all) } == "modelMissing")
        let nested = Query(.bool(BoolQuery(must: [Query(.knn(text("fake").knn[0].knn))])))
        #expect(ids(try await node.registry.search(Search(query: nested, size: 1), in: .all)) == ["12"])
    }

    @Test func pagesFollowOneAnother() async throws {
        let node = try await node(shards: 4)
        let all = try await node.registry.search(Search(size: 60), in: .all)
        #expect(Set(ids(all)).count == 60)
        var paged: [String] = []
        for from in stride(from: 0, to: 70, by: 7) {
            paged += ids(try await node.registry.search(Search(from: from, size: 7), in: .all))
        }
        #expect(paged == ids(all))
    }

    @Test func totalsAreTrackedAsAsked() async throws {
        let node = try await node(shards: 2)
        let total = { (track: Search.TrackTotalHits) in
            try await node.registry.search(Search(size: 1, trackTotalHits: track), in: .all).total
        }
        #expect(try await total(.exactly) == .init(value: 60, isExact: true))
        #expect(try await total(.never) == nil)
        #expect(try await total(.upTo(60)) == .init(value: 60, isExact: true))
        #expect(try await total(.upTo(59)) == .init(value: 59, isExact: false))
    }

    @Test func theWindowIsLimited() async throws {
        let node = try await node(shards: 1)
        for (from, size) in [(9_999, 2), (0, 10_001), (Int.max, 1)] {
            #expect(await thrownCase {
                try await node.registry.search(Search(from: from, size: size), in: .all)
            } == "resultWindowTooLarge")
        }
    }

    @Test func sourcesAndFieldsAsAsked() async throws {
        let node = try await node(shards: 1)
        let hit = { (fetch: Fetch) in
            try await node.registry.search(Search(query: Query(.ids(["7"])), fetch: fetch), in: .all).hits[0]
        }
        #expect(try await hit(Fetch()).source == .raw(Array(#"{"v":[7,1],"k":"k1"}"#.utf8)))
        let bare = try await hit(Fetch(source: .none, fields: [FieldRequest(pattern: "k*")]))
        #expect(bare.source == nil)
        #expect(bare.fields == ["k": ["k1"]])
        #expect(try await hit(Fetch(source: .filtered(includes: [], excludes: ["v"]))).source == ["k": "k1"])
        let versioned = try await hit(Fetch(version: true, sequenceNumber: true))
        #expect(versioned.version == 1 && versioned.sequenceNumber == 7 && versioned.primaryTerm == 1)
    }

    @Test func anIndexWithoutTheFieldFindsNothing() async throws {
        let node = try await node(shards: 1)
        try await node.index("other", "x", #"{"k":"plain"}"#)
        let response = try await node.registry.search(Search(knn: [nearest(3, k: 1)]), in: .all)
        #expect(ids(response) == ["3"])
    }

    @Test func wrongDimensionsAreRefused() async throws {
        let node = try await node(shards: 1)
        let search = Search(knn: [.init(KNNQuery(field: "v", vector: .vector([1, 2, 3]), k: 1))])
        #expect(await thrownCase { try await node.registry.search(search, in: .all) } == "planning.dimensionMismatch")
    }

    /// How often a search is away from its caller's executor.
    @Test func onlyShortSearchesStayWithTheirCaller() async throws {
        let node = try await node(shards: 1)
        func comings(_ search: Search) async throws -> Int {
            let executor = CountingExecutor()
            try await withTaskExecutorPreference(executor) { _ = try await node.registry.search(search, in: .all) }
            return executor.count
        }
        let clause = Query(.term(TermQuery(field: "k", value: .string("k0"))))
        let many = Query(.bool(BoolQuery(should: [Query](repeating: clause, count: 10_000))))
        let atOnce = try await comings(Search(query: clause))
        #expect(try await comings(Search(query: Query(.ids(["1", "2"])), from: 90, size: 10)) == atOnce)
        #expect(try await comings(Search(knn: [nearest(1, k: 5)])) == atOnce)
        #expect(try await comings(Search(query: clause, size: 101)) == atOnce + 1)
        #expect(try await comings(Search(query: clause, from: 95, size: 6)) == atOnce + 1)
        #expect(try await comings(Search(query: many)) == atOnce + 1)
    }

    @Test func noIndexIsNoHit() async throws {
        let node = try await TestNode()
        let response = try await node.registry.search(Search(), in: .all)
        #expect(response.hits.isEmpty && response.total?.value == 0 && response.shards.total == 0)
    }
}
