import Contents
import JSON
import TestSupport
import Testing

@testable import Inference

@Suite struct InferenceEndpointTests {
    @Test func whatIsKeptComesBack() throws {
        let endpoint = InferenceEndpoint(
            id: "e", task: .embedding, service: "elasticsearch", serviceSettings: ["model_id": "m", "num_threads": 2], dimensions: 8,
            taskSettings: ["a": 1], chunking: ["strategy": "none"])
        let read = try #require(InferenceEndpoint(endpoint.json))
        #expect(read == endpoint)
        #expect(read.modelID == "m" && read.dimensions == 8 && read.similarity == "cosine" && read.task == .embedding)
        #expect(endpoint.json["service_settings"]?["similarity"] == "cosine")
    }

    /// As the first versions wrote it.
    @Test func earlyEndpointsAreRead() throws {
        let endpoint = try #require(InferenceEndpoint([
            "inference_id": "e", "task_type": "text_embedding", "service": "elasticsearch", "service_settings": ["model_id": "m"],
        ]))
        #expect(endpoint.dimensions == nil && endpoint.chunking == InferenceEndpoint.defaultChunking)
        #expect(InferenceEndpoint(["inference_id": "e"]) == nil)
    }

    @Test func deployedModelsHaveOneEach() async throws {
        let service = InferenceService(roots: [Repository.small], logger: .silent)
        #expect(await service.defaultEndpoints.isEmpty)
        try await service.start("clip")
        try await service.waitUntilStarted("clip")
        try await service.start("clip", as: "second")
        let endpoints = await service.defaultEndpoints
        #expect(endpoints.map(\.id) == [".clip-clipsearch"])
        #expect(endpoints.first?.task == .embedding && endpoints.first?.modelID == "clip")
        let width = try #require(endpoints.first?.dimensions)
        let vectors = try await service.embed(
            groups: [
                ContentGroup(.text("a")),
                ContentGroup([WeightedContent(.text("a")), WeightedContent(.text("b"), weight: -0.5)]),
            ], model: "clip")
        #expect(vectors.map(\.count) == [width, width])
        #expect(abs(vectors[1].reduce(0) { $0 + $1 * $1 } - 1) < 1e-4)
        await service.shutDown()
    }
}
