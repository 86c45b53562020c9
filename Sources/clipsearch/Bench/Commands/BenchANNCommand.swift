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
            Vectors are compared by cosine, and the exact neighbours are computed first. QPS is printed for one thread and for \
            --threads.
            """)

    @OptionGroup var index: BenchIndexOptions

    @Option(parsing: .upToNextOption, help: "Candidates that a walk keeps, ascending.")
    var ef = VectorBenchmark.defaultEfs

    @Option(help: "The kind of index: \(VectorBenchmark.IndexType.allCases.map(\.rawValue).joined(separator: " or ")).")
    var indexType = VectorBenchmark.IndexType.hnsw

    @Option(
        help: """
            What the index is brought into first: \(VectorBenchmark.Form.allCases.map(\.rawValue).joined(separator: ", ")); \
            mixed seals seven tenths.
            """)
    var form = VectorBenchmark.Form.sealed

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        var benchmark = VectorBenchmark()
        benchmark.settings = index.settings(form)
        benchmark.settings.type = indexType
        benchmark.k = index.k
        benchmark.efs = ef
        let (base, queries) = try index.tables()
        let result = try TemporaryDirectory.with { directory in
            try benchmark.run(base: base, queries: queries, directory: directory)
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
            var table = TextTable(header: ["ef", "recall@\(index.k)", "visited", "QPS (1 thread)", "QPS (\(index.threads))"])
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
