import Glibc
import JSON
import Testing

@testable import VectorBenchmark

@Suite struct VectorBenchmarkTests {
    static func array(_ rows: Int, _ columns: Int, seed: UInt64) throws -> NumpyFile {
        var state = seed
        let values = (0..<rows * columns).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
        }
        let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
        let path = try NumpyFileTests.file(header, NumpyFileTests.bytes(values))
        defer { unlink(path) }
        return try NumpyFile(path: path)
    }

    static func withDirectory<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        var template = Array("/tmp/clipsearch-bench-XXXXXX".utf8CString)
        let path = String(cString: mkdtemp(&template))
        defer {
            unlink(path + "/vectors.f32")
            rmdir(path)
        }
        return try body(path)
    }

    @Test(arguments: VectorBenchmark.IndexType.allCases)
    func measuresACurve(type: VectorBenchmark.IndexType) throws {
        var benchmark = VectorBenchmark()
        benchmark.indexType = type
        benchmark.threads = 2
        benchmark.efs = [5, 10, 400]
        benchmark.sufficientRecall = 1
        let result = try Self.withDirectory { directory in
            try benchmark.run(
                base: try Self.array(400, 8, seed: 1), queries: try Self.array(20, 8, seed: 2), directory: directory)
        }
        #expect(result.points.map(\.ef) == (type == .flat ? [10] : [10, 400]))
        #expect(result.points.last?.recall == 1)
        #expect(result.points.allSatisfy { $0.qps1 > 0 && $0.qpsN > 0 && $0.meanLatency > 0 })
        #expect(result.buildVectorsPerSecond > 0 && result.bytesPerVector >= 40)

        let json = try #require(result.json.object)
        #expect(json.map(\.key) == ["index_type", "form", "build_vectors_per_second", "bytes_per_vector", "points"])
        #expect(json["index_type"] == .string(type.rawValue) && json["form"] == .string("growing"))
        let point = try #require(json["points"]?.array?.first?.object)
        #expect(point.map(\.key) == ["ef", "recall", "qps1", "qpsN"])
    }

    @Test func refusesWhatCannotBeCompared() throws {
        let benchmark = VectorBenchmark()
        let base = try Self.array(20, 8, seed: 1)
        #expect(throws: VectorBenchmark.Failure.dimensionMismatch(base: 8, queries: 4)) {
            try benchmark.run(base: base, queries: try Self.array(1, 4, seed: 2), directory: "/tmp")
        }
        #expect(throws: VectorBenchmark.Failure.tooFewVectors(count: 3, k: 10)) {
            try benchmark.run(base: try Self.array(3, 8, seed: 1), queries: base, directory: "/tmp")
        }
    }
}
