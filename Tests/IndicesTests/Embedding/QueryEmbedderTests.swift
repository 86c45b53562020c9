import Contents
import Inference
import JSON
import Query
import Testing
import TestSupport

@testable import Indices

/// `query_vector_builder` in searches of an index without models: of texts by the test's own, and of documents.
@Suite struct QueryEmbedderTests {
    private static let mappings =
        #"{"properties":{"v":{"type":"dense_vector","dims":2,"similarity":"l2_norm"},"o":{"properties":{"w":{"type":"dense_vector","dims":2,"similarity":"l2_norm"}}},"b":{"type":"dense_vector","dims":8,"element_type":"bit"},"k":{"type":"keyword"}}}"#

    private func node() async throws -> TestNode {
        let node = try await TestNode()
        try await node.createIndex("i", mappings: Self.mappings)
        try await node.index("i", "1", #"{"v":[4,1],"o":{"w":[0,1]},"k":"x","b":"ff"}"#)
        try await node.index("i", "2", #"{"v":[9,1],"o.w":[1,0],"b":"0f"}"#)
        return node
    }

    private func hits(_ node: TestNode, _ vector: QueryVector, field: String = "v") async throws -> [String] {
        let knn = KNNQuery(field: field, vector: vector, k: 1, candidates: 5)
        return try await node.registry.search(Search(knn: [.init(knn)]), in: IndexExpression(["i"])).hits.map(\.id)
    }

    @Test func documentsLendTheirVectors() async throws {
        let node = try await node()
        #expect(try await hits(node, .lookup(DocumentLookup(index: "i", id: "2", path: "v"))) == ["2"])
        #expect(try await hits(node, .lookup(DocumentLookup(index: "i", id: "1", path: "o.w")), field: "o.w") == ["1"])
        #expect(try await hits(node, .lookup(DocumentLookup(index: "i", id: "2", path: "o.w")), field: "o.w") == ["2"])
        #expect(try await hits(node, .lookup(DocumentLookup(index: "i", id: "2", path: "b")), field: "b") == ["2"])
    }

    @Test func queriesAndRetrieversTakeThemToo() async throws {
        let node = try await node(), lookup = QueryVector.lookup(DocumentLookup(index: "i", id: "2", path: "v"))
        let knn = KNNQuery(field: "v", vector: lookup, k: 1, candidates: 5)
        let query = try await node.registry.search(Search(query: Query(.knn(knn)), size: 1), in: IndexExpression(["i"]))
        #expect(query.hits.map(\.id) == ["2"])
        var search = Search()
        search.retriever = Retriever(.knn(knn))
        #expect(try await node.registry.search(search, in: IndexExpression(["i"])).hits.map(\.id) == ["2"])
    }

    @Test func whatIsNotThereIsSaid() async throws {
        let node = try await node()
        func problem(_ lookup: DocumentLookup) async throws -> VectorLookupProblem? {
            do {
                _ = try await hits(node, .lookup(lookup))
                return nil
            } catch IndicesError.lookup(let problem) {
                return problem
            }
        }
        let missing = DocumentLookup(index: "i", id: "zz", path: "v"), field = DocumentLookup(index: "i", id: "1", path: "zz")
        #expect(try await problem(missing) == .documentMissing(missing))
        #expect(try await problem(field) == .fieldMissing(field))
        #expect(await thrownCase { try await hits(node, .lookup(DocumentLookup(index: "zz", id: "1", path: "v"))) } == "indexNotFound")
    }

    @Test func modelsAndEndpointsMustBeNamed() async throws {
        let node = try await node()
        #expect(try await hits(node, .text(modelID: "fake", text: "abcd")) == ["1"])
        await #expect { try await hits(node, .text(modelID: nil, text: "a")) } throws: { error in
            if case IndicesError.modelMissing = error { true } else { false }
        }
        let nameless = QueryVector.embedding(EmbeddingQuery(inputs: [.init(.text("a"))]))
        await #expect { try await hits(node, nameless) } throws: { error in
            if case IndicesError.inferenceIDMissing(isOfQuery: false) = error { true } else { false }
        }
        let knn = KNNQuery(field: "v", vector: nameless, k: 1, candidates: 5)
        await #expect {
            try await node.registry.search(Search(query: Query(.knn(knn))), in: IndexExpression(["i"]))
        } throws: { error in
            if case IndicesError.inferenceIDMissing(isOfQuery: true) = error { true } else { false }
        }
        await #expect { try await hits(node, .embedding(EmbeddingQuery(inferenceID: "e", inputs: []))) } throws: { error in
            if case IndicesError.inferenceEndpointNotFound("e") = error { true } else { false }
        }
    }

    @Test func endpointsAreKeptOnce() async throws {
        let node = try await node()
        let endpoint = InferenceEndpoint(
            id: "e", task: .textEmbedding, service: "clipsearch", serviceSettings: ["model_id": "fake"], dimensions: 2)
        try node.registry.keep(endpoint, isNew: true)
        #expect(thrownCase { try node.registry.keep(endpoint, isNew: true) } == "inferenceEndpointExists")
        try await node.restart()
        #expect(try await node.registry.inferenceEndpoint("e") == endpoint)
        // A model's name may be an endpoint's.
        #expect(try await hits(node, .text(modelID: "e", text: "abcd")) == ["1"])
        await #expect { try await hits(node, .embedding(EmbeddingQuery(inferenceID: "e", inputs: []))) } throws: { error in
            if case IndicesError.inferenceTaskMismatch("e", "text_embedding") = error { true } else { false }
        }
        try node.registry.deleteInferenceEndpoint("e")
        #expect(await node.registry.inferenceEndpoints().isEmpty)
        #expect(thrownCase { try node.registry.keep(endpoint, isNew: false) } == "inferenceEndpointNotFound")
    }
}
