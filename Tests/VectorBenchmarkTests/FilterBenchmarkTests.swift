import JSON
import TestSupport
import Testing
import VectorIndex

@testable import VectorBenchmark

@Suite struct FilterBenchmarkTests {
    @Test(arguments: VectorBenchmark.Form.allCases)
    func measuresEachRelationAndShare(form: VectorBenchmark.Form) throws {
        let folder = try TemporaryFolder()
        var benchmark = FilterBenchmark()
        benchmark.settings.form = form
        benchmark.shares = [1, 0.5, 0]
        benchmark.queryLimit = 10
        benchmark.rounds = 1
        let results = try benchmark.run(
            base: VectorTable(madeUp: 600, columns: 16, seed: 1), queries: VectorTable(madeUp: 20, columns: 16, seed: 2),
            directory: folder.path)
        #expect(results.map(\.relation) == FilterRelation.allCases.flatMap { [$0, $0, $0] })
        for result in results {
            #expect(result.form == form && result.recall >= 0.95 && result.relativeTime > 0)
            #expect(result.strategies.values.reduce(0, +) == 10)
            if result.share == 0 { #expect(result.strategies == ["exact": 10] && result.recall == 1) }
        }
        let json = try #require(results.first?.json.object)
        #expect(
            json.map(\.key) == [
                "form", "filter", "share", "recall", "relative_time", "microseconds", "unfiltered_microseconds", "strategies",
                "predicted_graph_ns", "predicted_exact_ns", "visited",
            ])
    }
}
