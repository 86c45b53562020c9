import Testing
import TestSupport

@testable import VectorIndex

@Suite struct VectorIndexConfigurationTests {
    @Test(arguments: [(0, 16, 100), (4097, 16, 100), (3, 1, 100), (3, 513, 100), (3, 16, 0)])
    func refusesWhatIsOutOfRange(dimensions: Int, m: Int, efConstruction: Int) {
        #expect(thrownCase {
            try VectorIndexConfiguration(
                dimensions: dimensions, metric: .cosine, kind: .hnsw(m: m, efConstruction: efConstruction))
        } == "invalidConfiguration")
    }

    @Test func errorsNameTheParameter() {
        #expect(throws: VectorIndexError.invalidConfiguration(parameter: .dimensions, value: 5000, allowed: 1...4096)) {
            try VectorIndexConfiguration(dimensions: 5000, metric: .cosine)
        }
    }
}
