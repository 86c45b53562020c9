internal import ArgumentParser
internal import Foundation
internal import JSON
internal import VectorBenchmark
internal import VectorIndex

struct BenchGrowthCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "growth",
        abstract: "What a search of the vector index costs at a fixed recall, for rising numbers of vectors.",
        discussion: """
            The time is where the curve of rising ef crosses --recall. Vectors are made up, or rows of --vectors and, where \
            those are used up, the same again with noise; they are made one after the other, so that memory holds the index \
            alone. One thread searches.
            """)

    @OptionGroup var index: BenchIndexOptions

    @Option(help: "The form: \(VectorBenchmark.Form.allCases.map(\.rawValue).joined(separator: " or ")).")
    var form = VectorBenchmark.Form.sealed

    @Option(parsing: .upToNextOption, help: "Numbers of vectors.")
    var sizes = GrowthBenchmark.defaultSizes

    @Option(help: "The recall that is held.")
    var recall = 0.95

    @Option(help: "At most so many queries.")
    var queryLimit = 200

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard sizes.allSatisfy({ $0 >= index.k }), (0...1).contains(recall), queryLimit >= 1 else {
            throw ValidationError("--sizes must be at least --k, --recall between 0 and 1, --query-limit at least 1")
        }
    }

    func run() async throws {
        var benchmark = GrowthBenchmark()
        benchmark.settings = index.settings(form)
        benchmark.k = index.k
        benchmark.recall = recall
        benchmark.queryLimit = queryLimit
        let (source, queries) = try sourceAndQueries()
        let results = try sizes.map { rows in
            try TemporaryDirectory.with { directory in
                try benchmark.run(rows: rows, of: source, queries: queries, directory: directory)
            }
        }
        if json { return print(String(decoding: JSONValue.array(results.map(\.json)).serialized(), as: UTF8.self)) }
        print("\(form.rawValue), × \(source.columns), recall@\(index.k) \(recall), one thread searches, \(index.threads) build")
        var table = TextTable(header: [
            "vectors", "ef", "µs a query", "µs / log₂ n", "built, s", "vectors/s", "opened, s", "bytes a vector",
        ])
        table.rows = results.map { result in
            [
                String(result.rows), result.held.map { String(format: "%.1f", $0.ef) } ?? "–",
                result.held.map { String(format: "%.1f", $0.seconds * 1e6) } ?? "–",
                result.held.map { String(format: "%.2f", $0.seconds * 1e6 / log2(Double(result.rows))) } ?? "–",
                String(format: "%.1f", result.buildSeconds),
                String(format: "%.0f", Double(result.rows) / result.buildSeconds),
                String(format: "%.3f", result.openSeconds), String(format: "%.0f", result.residentBytesPerVector),
            ]
        }
        print(table.text)
    }

    private func sourceAndQueries() throws -> (VectorSource, VectorTable) {
        guard let vectors = index.vectors, let queries = index.queries else {
            return (
                .madeUp(MadeUpVectors(columns: index.dimensions, seed: 1)),
                VectorTable(madeUp: queryLimit, columns: index.dimensions, seed: 2)
            )
        }
        let table = try VectorTable(numpyFile: vectors, limit: index.rows)
        return (.table(RepeatedVectors(table, seed: 1)), try VectorTable(numpyFile: queries))
    }
}
