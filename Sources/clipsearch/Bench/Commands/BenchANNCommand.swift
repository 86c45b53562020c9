public import ArgumentParser
internal import Foundation
internal import JSON
public import VectorBenchmark
public import VectorIndex

struct BenchANNCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ann",
        abstract: "Recall against queries per second of the vector index, for rising ef.",
        discussion: """
            The files are NumPy arrays of (rows, dimensions), float32 or float16. Vectors are compared by cosine, and \
            the exact neighbours are computed first. QPS is printed for one thread and for --threads.
            """)

    @Option(help: "The vectors to index.")
    var vectors: String

    @Option(help: "The queries.")
    var queries: String

    @Option(help: "Neighbours a query asks for.")
    var k = 10

    @Option(parsing: .upToNextOption, help: "Candidates that a walk keeps, ascending.")
    var ef = VectorBenchmark.defaultEfs

    @Option(help: "Only the first rows of --vectors.")
    var rows: Int?

    @Option(help: "The kind of index: \(VectorBenchmark.IndexType.allCases.map(\.rawValue).joined(separator: " or ")).")
    var indexType = VectorBenchmark.IndexType.hnsw

    @Option(help: "What the index is brought into first: \(VectorBenchmark.Form.allCases.map(\.rawValue).joined(separator: ", ")); mixed seals seven tenths.")
    var form = VectorBenchmark.Form.sealed

    @Option(help: "What a sealed part keeps in memory: \(Quantization.allCases.map(\.rawValue).joined(separator: ", ")).")
    var quantization = Quantization.int8

    @Option(help: "Threads that build and search.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "HNSW's M: links of a node above level 0, half of those at level 0.")
    var m = 16

    @Option(help: "HNSW's efConstruction.")
    var efConstruction = 200

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var benchmark = VectorBenchmark()
        benchmark.settings.type = indexType
        benchmark.settings.form = form
        benchmark.settings.quantization = quantization
        benchmark.settings.threads = threads
        benchmark.settings.m = m
        benchmark.settings.efConstruction = efConstruction
        benchmark.k = k
        benchmark.efs = ef
        let base = try VectorTable(numpyFile: vectors, limit: rows)
        let result = try TemporaryDirectory.with { directory in
            try benchmark.run(base: base, queries: VectorTable(numpyFile: queries), directory: directory)
        }
        if json {
            print(String(decoding: result.json.serialized(), as: UTF8.self))
        } else {
            print(
                "\(result.indexType) (\(result.form)): \(base.rows) × \(base.columns), "
                    + String(
                        format: "%.0f vectors/s built, %.0f bytes a vector, %.0f of them in memory, opened in %.2f s",
                        result.buildVectorsPerSecond, result.bytesPerVector, result.residentBytesPerVector,
                        result.openSeconds))
            var table = TextTable(header: ["ef", "recall@\(k)", "visited", "QPS (1 thread)", "QPS (\(threads))"])
            table.rows = result.points.map { point in
                [
                    String(point.ef), String(format: "%.4f", point.recall), String(format: "%.0f", point.visited),
                    String(format: "%.0f", point.qps1), String(format: "%.0f", point.qpsN),
                ]
            }
            print(table.text)
        }
    }
}

extension VectorBenchmark.IndexType: ExpressibleByArgument {}
extension VectorBenchmark.Form: ExpressibleByArgument {}
extension Quantization: ExpressibleByArgument {}
