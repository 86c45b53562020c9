import Mapping
import Testing
import VectorIndex

@testable import Shards

struct VectorFieldTests {
    @Test(arguments: [
        ("image_embedding", "image_embedding"), ("a.b", "a.b"), ("../x", "%2e.%2fx"), ("a/b", "a%2fb"), (".", "%2e"),
        ("ä", "%c3%a4"),
    ])
    func directoriesAreNamedSafely(field: String, expected: String) {
        #expect(
            VectorFieldDefinition(field: field, dimensions: 1, metric: .cosine, graph: nil).directoryName == expected)
    }

    @Test func longNamesEndInAHash() {
        let names = ["x", "y"].map { last in
            VectorFieldDefinition(
                field: String(repeating: "ä", count: 100) + last, dimensions: 1, metric: .cosine, graph: nil
            ).directoryName
        }
        #expect(names[0] != names[1])
        #expect(names.allSatisfy { $0.utf8.count <= 255 && $0.hasPrefix("%c3%a4%c3%a4") })
        let longest = String(repeating: "x", count: 200)
        #expect(
            VectorFieldDefinition(field: longest, dimensions: 1, metric: .cosine, graph: nil).directoryName == longest)
    }

    @Test func theMappingDecidesTheLayout() {
        let graph = DenseVectorOptions(
            dimensions: 3, similarity: .l2Norm, indexOptions: VectorIndexOptions(type: .bbqHNSW, links: 8))
        #expect(
            VectorFieldDefinition(field: "v", options: graph, dimensions: 3)
                == VectorFieldDefinition(
                    field: "v", dimensions: 3, metric: .euclidean, graph: .init(m: 8, efConstruction: 100),
                    quantization: .bit))
        let flat = DenseVectorOptions(dimensions: 3, indexOptions: VectorIndexOptions(type: .int8Flat))
        #expect(VectorFieldDefinition(field: "v", options: flat, dimensions: 3).graph == nil)
        let unindexed = VectorFieldDefinition(
            field: "v", options: DenseVectorOptions(dimensions: 3, isIndexed: false), dimensions: 3)
        #expect(unindexed.graph == nil)
        #expect(unindexed.metric == .maximumInnerProduct)
    }

    @Test func elementTypesHaveTheirConfiguration() throws {
        let bits = DenseVectorOptions(elementType: .bit, dimensions: 64, isIndexed: false)
        let configuration = try VectorFieldDefinition(field: "v", options: bits, dimensions: 64).configuration()
        #expect(configuration.elementType == .bit && configuration.metric == .euclidean)
        #expect(configuration.dimensions == 64 && configuration.componentCount == 8)
        for type in VectorIndexOptions.IndexType.allCases {
            let options = DenseVectorOptions(dimensions: 64, indexOptions: VectorIndexOptions(type: type))
            let definition = VectorFieldDefinition(field: "v", options: options, dimensions: 64)
            let quantization: Quantization =
                switch type {
                case .flat, .hnsw: .none
                case .int8Flat, .int8HNSW: .int8
                case .int4Flat, .int4HNSW: .int4
                case .bbqFlat, .bbqHNSW, .bbqDisk: .bit
                }
            #expect(definition.quantization == quantization && (definition.graph != nil) == type.isGraph)
        }
    }
}
