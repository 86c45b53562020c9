import JSON
import TestSupport
import Testing

@testable import clipsearch

@Suite struct PictureIndexTests {
    private static func mapping(_ model: String?, dimensions: Int? = nil) -> JSONValue {
        var mapping: JSONMembers = [:]
        mapping["_meta"] = model.map { ["clipsearch": ["model": .string($0)]] }
        mapping["properties"] = dimensions.map { ["image_embedding": ["type": "dense_vector", "dims": .int($0)]] }
        return ["mappings": .object(mapping)]
    }

    private static let path = "GET /photos/_mapping"

    @Test func anIndexOfAnotherModelIsRefused() async throws {
        try await FakeElasticsearch.answering([Self.path: [.init(body: ["photos": Self.mapping("compact")])]]) { fake in
            let client = ElasticsearchClient(url: fake.url)
            let error = await #expect(throws: ImportError.self) { _ = try await PictureIndex("photos", model: "clip", client: client) }
            #expect(error?.description.contains("compact") == true && error?.description.contains("clip") == true)
            let index = try await PictureIndex("photos", model: "compact", client: client)
            #expect(await index.exists)
        }
    }

    /// An alias is of several indices.
    @Test func oneOfSeveralIsEnough() async throws {
        let body: JSONValue = ["a": Self.mapping("compact", dimensions: 384), "b": Self.mapping("clip", dimensions: 512)]
        try await FakeElasticsearch.answering([Self.path: [.init(body: body)]]) { fake in
            let index = try await PictureIndex("photos", model: "clip", client: ElasticsearchClient(url: fake.url))
            try await index.make(dimensions: 512)
            #expect(await thrownCase { try await index.make(dimensions: 3) } == "dimensionsOfIndex")
        }
    }

    @Test func anIndexThatNamesNoModelTakesVectorsOfItsWidth() async throws {
        try await FakeElasticsearch.answering([
            Self.path: [.init(body: ["photos": Self.mapping(nil, dimensions: 3)]), .init(body: ["photos": Self.mapping(nil)])]
        ]) { fake in
            let client = ElasticsearchClient(url: fake.url), narrow = try await PictureIndex("photos", model: "clip", client: client)
            try await narrow.make(dimensions: 3)
            let error = await #expect(throws: ImportError.self) { try await narrow.make(dimensions: 4) }
            #expect(error?.description.contains("3 dimensions") == true && error?.description.contains("of 4") == true)
            try await PictureIndex("photos", model: "clip", client: client).make(dimensions: 4)
            #expect(fake.seen.allSatisfy { $0.request == Self.path }, "none is made")
        }
    }

    @Test func anIndexThatSomebodyElseMakesMeanwhileIsLookedAt() async throws {
        try await FakeElasticsearch.answering([
            Self.path: [.init(status: 404, body: [:]), .init(body: ["photos": Self.mapping("compact")])],
            "PUT /photos": [.init(status: 400, body: ["error": ["type": "resource_already_exists_exception"]])],
        ]) { fake in
            let index = try await PictureIndex("photos", model: "clip", client: ElasticsearchClient(url: fake.url))
            #expect(await !index.exists)
            #expect(await thrownCase { try await index.make(dimensions: 512) } == "modelOfIndex")
        }
    }

    @Test func whoMayNotLookIsTold() async throws {
        try await FakeElasticsearch.answering([Self.path: [.init(status: 403, body: ["error": ["reason": "no"]])]]) { fake in
            let client = ElasticsearchClient(url: fake.url)
            #expect(await thrownCase { _ = try await PictureIndex("photos", model: "clip", client: client) } == "refused")
        }
    }
}
