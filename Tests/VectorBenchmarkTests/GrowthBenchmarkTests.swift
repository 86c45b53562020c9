import JSON
import TestSupport
import Testing

@testable import VectorBenchmark

@Suite struct GrowthBenchmarkTests {
    @Test(arguments: VectorBenchmark.Form.allCases)
    func measuresUpToTheRecall(form: VectorBenchmark.Form) throws {
        let folder = try TemporaryFolder()
        var benchmark = GrowthBenchmark()
        benchmark.settings.form = form
        benchmark.queryLimit = 20
        benchmark.repetitions = 1
        benchmark.efs = [10, 600]
        let result = try benchmark.run(
            rows: 600, of: .madeUp(MadeUpVectors(columns: 16, seed: 1)),
            queries: VectorTable(madeUp: 30, columns: 16, seed: 2), directory: folder.path)
        #expect(result.rows == 600 && result.buildSeconds > 0 && result.openSeconds > 0)
        #expect(result.points.last.map { $0.recall >= 0.95 } == true && result.held != nil)
        #expect(result.points.dropLast().allSatisfy { $0.recall < 0.95 })
    }

    @Test func refusesWhatCannotBeCompared() {
        let source = VectorSource.madeUp(MadeUpVectors(columns: 8, seed: 1))
        #expect(throws: VectorBenchmark.Failure.dimensionMismatch(base: 8, queries: 4)) {
            try GrowthBenchmark().run(
                rows: 20, of: source, queries: VectorTable(madeUp: 1, columns: 4, seed: 2), directory: "")
        }
        #expect(throws: VectorBenchmark.Failure.tooFewVectors(count: 9, k: 10)) {
            try GrowthBenchmark().run(
                rows: 9, of: source, queries: VectorTable(madeUp: 1, columns: 8, seed: 2), directory: "")
        }
    }
}
