import JSON
import Mapping
import Testing

struct DenseVectorOptionsTests {
    private func options(_ parameters: String) throws -> DenseVectorOptions {
        let field = try mapping(properties: #"{"v":{"type":"dense_vector"\#(parameters)}}"#).field("v")
        guard case .denseVector(let options) = field?.type else { throw MappingError.unknownType("", field: "v") }
        return options
    }

    @Test(arguments: [
        ("", VectorIndexOptions(type: .int8HNSW)),
        (#","dims":383"#, VectorIndexOptions(type: .int8HNSW)),
        (#","dims":384"#, VectorIndexOptions(type: .bbqHNSW, oversample: 3)),
        (
            #","dims":512,"index_options":{"type":"hnsw","m":32,"ef_construction":200}"#,
            VectorIndexOptions(type: .hnsw, links: 32, constructionCandidates: 200)
        ),
        (
            #","index_options":{"type":"int4_flat","confidence_interval":0.95}"#,
            VectorIndexOptions(type: .int4Flat, confidenceInterval: 0.95)
        ),
        (#","index_options":{"type":"bbq_flat"}"#, VectorIndexOptions(type: .bbqFlat, oversample: 3)),
        (
            #","index_options":{"type":"int8_hnsw","rescore_vector":{"oversample":2.5}}"#,
            VectorIndexOptions(type: .int8HNSW, oversample: 2.5)
        ),
    ])
    func indexOptionsHaveTheirDefaults(parameters: String, expected: VectorIndexOptions) throws {
        #expect(try options(parameters).indexOptions == expected)
    }

    @Test(arguments: [
        (#","dims":0"#, MappingError.dimensionsOutOfRange(0, field: "v")),
        (#","dims":4097"#, .dimensionsOutOfRange(4097, field: "v")),
        (#","dims":"x""#, .malformedParameter(name: "dims", field: "v", value: "x", expected: .integer)),
        (#","index":false,"similarity":"cosine""#, .requiresIndexedVector(parameter: "similarity", field: "v")),
        (
            #","index":false,"index_options":{"type":"hnsw"}"#,
            .requiresIndexedVector(parameter: "index_options", field: "v")
        ),
        (#","element_type":"byte""#, .unsupportedElementType("byte", field: "v")),
        (
            #","similarity":"manhattan""#,
            .unknownParameterValue(
                name: "similarity", field: "v", value: "manhattan",
                accepted: ["l2_norm", "dot_product", "cosine", "max_inner_product"])
        ),
        (#","index_options":{}"#, .missingParameter(name: "index_options", field: "v")),
        (#","index_options":{"type":"ivf"}"#, .unknownVectorIndexType("ivf", field: "v")),
        (#","index_options":{"type":"flat","m":16}"#, .unknownIndexOption(name: "m", field: "v", value: 16)),
        (
            #","index_options":{"type":"hnsw","m":0}"#,
            .malformedParameter(name: "m", field: "v", value: 0, expected: .integer)
        ),
        (
            #","dims":33,"index_options":{"type":"int4_hnsw"}"#,
            .oddDimensions(33, indexType: "int4_hnsw", field: "v")
        ),
        (
            #","dims":32,"index_options":{"type":"bbq_hnsw"}"#,
            .tooFewDimensions(32, minimum: 64, indexType: "bbq_hnsw", field: "v")
        ),
    ])
    func whatElasticsearchRefusesIsRefused(parameters: String, expected: MappingError) {
        #expect(error(MappingError.self) { try options(parameters) } == expected)
    }

    @Test func unindexedFieldsEchoNeitherSimilarityNorOptions() throws {
        let mapping = try mapping(properties: #"{"v":{"type":"dense_vector","dims":3,"index":false}}"#)
        #expect(mapping.field("v")?.encoded.text == #"{"type":"dense_vector","dims":3,"index":false}"#)
    }

    @Test(arguments: [
        (
            VectorSimilarity.cosine, [Float](repeating: 0, count: 3),
            DocumentParsingError.VectorProblem?.some(.zeroMagnitude(preview: [0, 0, 0]))
        ),
        // Lengths that single precision does not compute with.
        (.cosine, [1e-25, 0, 0], .zeroMagnitude(preview: [1e-25, 0, 0])),
        (.cosine, [1e30, 0, 0], .zeroMagnitude(preview: [1e30, 0, 0])),
        (.cosine, [1e-15, 0, 0], nil),
        (.dotProduct, [1, 1, 0], .notUnitLength(preview: [1, 1, 0])),
        (.dotProduct, [0.6, 0.8, 0], nil),
        (.l2Norm, [0, 0, 0], nil),
        (.l2Norm, [0, .infinity, 0], .notFinite(dimension: 1, value: .infinity, preview: [0, .infinity, 0])),
        (.maxInnerProduct, [1, 2], .tooFewDimensions(2, expected: 3)),
        (.maxInnerProduct, [1, 2, 3, 4], .tooManyDimensions(expected: 3)),
    ])
    func vectorsAreChecked(
        similarity: VectorSimilarity, vector: [Float], expected: DocumentParsingError.VectorProblem?
    ) {
        #expect(DenseVectorOptions(dimensions: 3, similarity: similarity).problem(with: vector) == expected)
    }
}
