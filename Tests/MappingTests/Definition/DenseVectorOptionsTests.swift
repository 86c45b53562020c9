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
        (#","index_options":{"type":"bbq_disk"}"#, VectorIndexOptions(type: .bbqDisk, oversample: 3)),
        (#","dims":512,"element_type":"byte""#, VectorIndexOptions(type: .hnsw)),
        (#","dims":512,"element_type":"bfloat16""#, VectorIndexOptions(type: .hnsw)),
        (#","dims":512,"element_type":"bit""#, VectorIndexOptions(type: .hnsw)),
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
        (#","element_type":"half""#, .unknownElementType("half", field: "v")),
        (#","element_type":"byte","dims":4097"#, .dimensionsOutOfRange(4097, .byte, field: "v")),
        (#","element_type":"bit","dims":4"#, .dimensionsOutOfRange(4, .bit, field: "v")),
        (#","element_type":"bit","dims":32776"#, .dimensionsOutOfRange(32_776, .bit, field: "v")),
        (#","element_type":"bit","dims":12"#, .dimensionsNotWholeBytes(12, field: "v")),
        (#","element_type":"bit","similarity":"cosine""#, .unsupportedBitSimilarity(field: "v")),
        (
            #","element_type":"byte","index_options":{"type":"int8_hnsw"}"#,
            .unsupportedElementType(.byte, indexType: "int8_hnsw", field: "v")
        ),
        (
            #","element_type":"bit","index_options":{"type":"bbq_flat"}"#,
            .unsupportedElementType(.bit, indexType: "bbq_flat", field: "v")
        ),
        (
            #","element_type":"bfloat16","index_options":{"type":"int4_flat"}"#,
            .unsupportedElementType(.bfloat16, indexType: "int4_flat", field: "v")
        ),
        (#","index_options":{"type":"int8_hnsw","rescore_vector":{}}"#, .invalidOversample(.missing, field: "v")),
        (
            #","index_options":{"type":"int8_hnsw","rescore_vector":{"oversample":0.5}}"#,
            .invalidOversample(.tooSmall, field: "v")
        ),
        (
            #","index_options":{"type":"int8_hnsw","rescore_vector":{"oversample":10.5}}"#,
            .invalidOversample(.tooLarge, field: "v")
        ),
        (
            #","index_options":{"type":"hnsw","rescore_vector":{"oversample":2}}"#,
            .unknownIndexOption(name: "rescore_vector", field: "v", value: ["oversample": 2])
        ),
        (
            #","index_options":{"type":"bbq_disk","cluster_size":63}"#,
            .clusterSizeOutOfRange(63, allowed: 64...65_536, field: "v")
        ),
        (
            #","index_options":{"type":"bbq_disk","default_visit_percentage":101}"#,
            .visitPercentageOutOfRange(101, field: "v")
        ),
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
            .parameterOutOfRange(name: "m", field: "v", value: 0, allowed: 1...512)
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

    @Test(arguments: [
        (
            #","element_type":"byte","dims":3"#,
            #"{"type":"dense_vector","element_type":"byte","dims":3,"index":true,"similarity":"cosine"}"#
        ),
        (
            #","element_type":"bit","dims":16,"index_options":{"type":"flat"}"#,
            #"{"type":"dense_vector","element_type":"bit","dims":16,"index":true,"similarity":"l2_norm","index_options":{"type":"flat"}}"#
        ),
        (
            #","dims":64,"index_options":{"type":"bbq_disk","cluster_size":100,"on_disk_rescore":true}"#,
            #"{"type":"dense_vector","dims":64,"index":true,"similarity":"cosine","index_options":{"type":"bbq_disk","cluster_size":100,"on_disk_rescore":true,"rescore_vector":{"oversample":3.0}}}"#
        ),
    ])
    func whatWasGivenIsEchoed(parameters: String, expected: String) throws {
        let first = try mapping(properties: #"{"v":{"type":"dense_vector"\#(parameters)}}"#)
        #expect(first.field("v")?.encoded.text == expected)
        // What is shown can be read again.
        #expect(try mapping(properties: #"{"v":\#(expected)}"#).field("v")?.type == first.field("v")?.type)
    }

    @Test(arguments: [
        ("hnsw", nil, nil), ("hnsw", 2, nil), ("int8_hnsw", nil, nil), ("int8_hnsw", 2, 2), ("bbq_hnsw", nil, 3),
        ("bbq_flat", 1.5, 1.5), ("bbq_hnsw", 0, nil),
    ] as [(String, Float?, Float?)])
    func oversampling(type: String, requested: Float?, expected: Float?) throws {
        let options = try options(#","dims":64,"index_options":{"type":"\#(type)"}"#)
        #expect(options.oversample(requested: requested) == expected)
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
        (.cosine, [1e30, 0, 0], .extremeMagnitude(preview: [1e30, 0, 0])),
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

    @Test(arguments: [
        (
            VectorElementType.byte, VectorSimilarity.cosine, [1, 2, 128],
            .notAByte(dimension: 2, value: 128, preview: [1, 2, 128], .byte)
        ),
        (.byte, .dotProduct, [1, 2.5, 3], .notAByte(dimension: 1, value: 2.5, preview: [1, 2.5, 3], .byte)),
        (.byte, .dotProduct, [-128, 127, 0], nil),
        (.byte, .cosine, [0, 0, 0], .zeroMagnitude(preview: [0, 0, 0], .byte)),
        (.byte, .l2Norm, [0, 0, 0], nil),
        (.bfloat16, .dotProduct, [1.009, 0, 0], nil),
        (.bfloat16, .dotProduct, [1.02, 0, 0], .notUnitLength(preview: [1.02, 0, 0])),
        (.bit, .l2Norm, [0, 0, 0], nil),
        (.bit, .l2Norm, [0, 0], .tooFewDimensions(16, expected: 24)),
        (.bit, .l2Norm, [0, 0, 0, 0], .tooManyDimensions(expected: 24)),
    ] as [(VectorElementType, VectorSimilarity, [Float], DocumentParsingError.VectorProblem?)])
    func elementsAreChecked(
        type: VectorElementType, similarity: VectorSimilarity, vector: [Float],
        expected: DocumentParsingError.VectorProblem?
    ) {
        let options = DenseVectorOptions(elementType: type, dimensions: type == .bit ? 24 : 3, similarity: similarity)
        #expect(options.problem(with: vector) == expected)
    }

    @Test(arguments: [
        (VectorElementType.byte, 3, "7f80ff", [127, -128, -1]),
        (.byte, 3, "7F80FF", [127, -128, -1]),
        (.byte, 3, "f4D/", [127, -128, -1]),
        (.bit, 24, "7f80ff", [127, -128, -1]),
        (.byte, nil, "7f80ff", [127, -128, -1]),
        (.float, 2, "P4AAAMAAAAA=", [1, -2]),
        (.float, 2, "P4AAAMAAAAA", [1, -2]),
        (.float, nil, "P4AAAMAAAAA=", [1, -2]),
        // Bytes where floats are wanted: Elasticsearch takes as many as there are dimensions.
        (.float, 3, "7f80ff", [127, -128, -1]),
        (.bfloat16, 2, "P4DAAA==", [1, -2]),
        (.bfloat16, 2, "P4AAAMAAAAA=", [1, -2]),
        (.byte, 3, "7f8", nil), (.byte, 3, "no vector", nil),
    ] as [(VectorElementType, Int?, String, [Float]?)])
    func vectorsAsText(type: VectorElementType, dimensions: Int?, text: String, expected: [Float]?) {
        #expect(DenseVectorOptions(elementType: type, dimensions: dimensions).components(of: text) == expected)
    }
}
