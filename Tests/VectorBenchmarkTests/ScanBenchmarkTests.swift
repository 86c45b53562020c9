import JSON
import TestSupport
import Testing
import VectorIndex

@testable import VectorBenchmark

@Suite struct ScanBenchmarkTests {
    @Test(arguments: ElementType.allCases)
    func measuresEachElementType(type: ElementType) throws {
        let base = VectorTable(madeUp: 300, columns: 16, seed: 1)
        var benchmark = ScanBenchmark()
        benchmark.elementType = type
        benchmark.rounds = 2
        benchmark.batch = 5
        let folder = try TemporaryFolder()
        let result = try benchmark.run(base: base, query: base.row(0), directory: folder.path)
        #expect(result.elementType == type.rawValue && result.rows == 300 && result.bytes >= 300 * 10)
        #expect(result.readSeconds > 0 && result.flatSeconds > 0 && result.scriptSeconds > 0)
        #expect(result.batch == 5 && result.batchRate == 5 / result.batchSeconds && result.batchOperations > 0)
        #expect(result.json["batch_qps"] != nil && result.json["flat_share"] != nil && result.json["read_gb_s"] != nil)
    }

    @Test func whatDoesNotFitIsRefused() throws {
        let base = VectorTable(madeUp: 20, columns: 8, seed: 1)
        #expect(throws: VectorBenchmark.Failure.dimensionMismatch(base: 8, queries: 2)) {
            try ScanBenchmark().run(base: base, query: [1, 2], directory: "")
        }
        let few = VectorTable(madeUp: 3, columns: 8, seed: 1)
        #expect(throws: VectorBenchmark.Failure.tooFewVectors(count: 3, k: 10)) {
            try ScanBenchmark().run(base: few, query: few.row(0), directory: "")
        }
    }
}
