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
                    field: "v", dimensions: 3, metric: .euclidean, graph: .init(m: 8, efConstruction: 100)))
        let flat = DenseVectorOptions(dimensions: 3, indexOptions: VectorIndexOptions(type: .int8Flat))
        #expect(VectorFieldDefinition(field: "v", options: flat, dimensions: 3).graph == nil)
        let unindexed = VectorFieldDefinition(
            field: "v", options: DenseVectorOptions(dimensions: 3, isIndexed: false), dimensions: 3)
        #expect(unindexed.graph == nil)
        #expect(unindexed.metric == .maximumInnerProduct)
    }
}
