import JSON
import TestSupport
import Testing

@testable import VectorBenchmark

@Suite struct VectorBenchmarkTests {
    @Test(arguments: VectorBenchmark.IndexType.allCases, VectorBenchmark.Form.allCases)
    func measuresACurve(type: VectorBenchmark.IndexType, form: VectorBenchmark.Form) throws {
        let folder = try TemporaryFolder()
        var benchmark = VectorBenchmark()
        benchmark.settings.type = type
        benchmark.settings.form = form
        benchmark.settings.threads = 2
        benchmark.efs = [5, 10, 400]
        benchmark.sufficientRecall = 1
        let result = try benchmark.run(
            base: VectorTable(madeUp: 400, columns: 8, seed: 1), queries: VectorTable(madeUp: 20, columns: 8, seed: 2),
            directory: folder.path)
        #expect(result.points.map(\.ef) == (type == .flat ? [10] : [10, 400]))
        #expect(result.points.last.map { $0.recall >= 0.98 } == true)
        #expect(result.points.allSatisfy { $0.qps1 > 0 && $0.qpsN > 0 && $0.meanLatency > 0 })
        #expect(result.buildVectorsPerSecond > 0 && result.bytesPerVector >= 40)

        let json = try #require(result.json.object)
        #expect(
            json.map(\.key) == [
                "index_type", "form", "build_vectors_per_second", "resident_bytes_per_vector", "bytes_per_vector",
                "open_seconds", "points",
            ])
        #expect(json["index_type"] == .string(type.rawValue) && json["form"] == .string(form.rawValue))
        let point = try #require(json["points"]?.array?.first?.object)
        #expect(point.map(\.key) == ["ef", "recall", "visited", "qps1", "qpsN"])
    }

    @Test func refusesWhatCannotBeCompared() throws {
        let benchmark = VectorBenchmark()
        let base = VectorTable(madeUp: 20, columns: 8, seed: 1)
        #expect(throws: VectorBenchmark.Failure.dimensionMismatch(base: 8, queries: 4)) {
            try benchmark.run(base: base, queries: VectorTable(madeUp: 1, columns: 4, seed: 2), directory: "/tmp")
        }
        #expect(throws: VectorBenchmark.Failure.tooFewVectors(count: 3, k: 10)) {
            try benchmark.run(base: VectorTable(madeUp: 3, columns: 8, seed: 1), queries: base, directory: "/tmp")
        }
    }
}
