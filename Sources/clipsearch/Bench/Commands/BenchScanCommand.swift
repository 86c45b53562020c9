internal import ArgumentParser
internal import Foundation
internal import JSON
internal import VectorBenchmark
internal import VectorIndex

struct BenchScanCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Exact search and scripts against a plain read of the same bytes, and many queries at once against single ones.",
        discussion: """
            Vectors are made up unless --vectors names a NumPy array of (rows, dimensions), float32 or float16. One thread; \
            the best of several interleaved rounds.
            """)

    @Option(help: "The vectors to scan.")
    var vectors: String?

    @Option(help: "How many vectors.")
    var rows = 100_000

    @Option(help: "Dimensions of made-up vectors.")
    var dimensions = 384

    @Option(help: "One of \(ElementType.allCases.map(\.rawValue).joined(separator: ", ")); all if it is left out.")
    var elementType: String?

    @Option(help: "Queries that are searched for at once.")
    var batch = 128

    @Option(help: "Rounds, of which the best counts.")
    var rounds = 20

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard rows >= 10, dimensions >= 1, rounds >= 1, 1...10_000 ~= batch else {
            throw ValidationError("--rows must be at least 10, --dimensions and --rounds at least 1, --batch 1 to 10000")
        }
        guard elementType.map({ ElementType(rawValue: $0) != nil }) ?? true else {
            throw ValidationError("there is no element type \(elementType ?? "")")
        }
    }

    func run() async throws {
        let base = try vectors.map { try VectorTable(numpyFile: $0, limit: rows) }
            ?? VectorTable(madeUp: rows, columns: dimensions, seed: 1)
        var results: [ScanBenchmarkResult] = []
        for type in ElementType.allCases where elementType.map({ $0 == type.rawValue }) ?? true {
            // Bits come in whole bytes.
            if type == .bit, base.columns % 8 != 0 { continue }
            var benchmark = ScanBenchmark()
            benchmark.elementType = type
            benchmark.rounds = rounds
            benchmark.batch = batch
            results.append(
                try TemporaryDirectory.with { directory in
                    try benchmark.run(base: base, query: base.row(base.rows / 2), directory: directory)
                })
        }
        if json { return print(String(decoding: JSONValue.array(results.map(\.json)).serialized(), as: UTF8.self)) }
        print("\(base.rows) × \(base.columns), GB/s of one thread; queries/s of single ones and of \(batch) at once")
        var table = TextTable(
            header: [
                "element type", "read", "flat", "script_score", "flat/read", "script/read", "single", "batch", "ratio",
                "GFLOP/s",
            ])
        table.rows = results.map { result in
            let rates = [result.readSeconds, result.flatSeconds, result.scriptSeconds].map {
                String(format: "%.1f", result.rate($0))
            }
            let shares = [result.flatSeconds, result.scriptSeconds].map {
                String(format: "%.0f %%", 100 * result.readSeconds / $0)
            }
            let queries = [result.singleRate, result.batchRate].map { String(format: "%.0f", $0) }
            let ratio = String(format: "%.1f", result.batchRate / result.singleRate)
            return [result.elementType] + rates + shares + queries + [ratio, String(format: "%.0f", result.batchOperations)]
        }
        print(table.text)
    }
}
