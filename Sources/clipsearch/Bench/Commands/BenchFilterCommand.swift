internal import ArgumentParser
internal import Foundation
internal import JSON
internal import VectorBenchmark
internal import VectorIndex

struct BenchFilterCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "filter",
        abstract: "Filtered searches of the vector index against unfiltered ones.",
        discussion: """
            Filters accept a share of the vectors: any, those nearest to the query, or those farthest from it. Recall is \
            against the exact neighbours among them, time in proportion to the same search without a filter. One thread; \
            the best of several interleaved rounds.
            """)

    @OptionGroup var index: BenchIndexOptions

    @Option(help: "The form: \(VectorBenchmark.Form.allCases.map(\.rawValue).joined(separator: " or ")); each if it is left out.")
    var form: VectorBenchmark.Form?

    @Option(help: "Candidates a search keeps.")
    var candidates = 100

    @Option(parsing: .upToNextOption, help: "Shares that pass.")
    var shares = FilterBenchmark.defaultShares

    @Option(help: "At most so many queries.")
    var queryLimit = 200

    @Option(help: "Rounds, of which the best counts.")
    var rounds = 5

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard shares.allSatisfy({ (0...1).contains($0) }), candidates >= 1, queryLimit >= 1, rounds >= 1 else {
            throw ValidationError("--shares must be between 0 and 1, --candidates, --query-limit and --rounds at least 1")
        }
    }

    func run() async throws {
        let (base, queries) = try index.tables()
        var results: [FilterBenchmarkResult] = []
        for form in form.map({ [$0] }) ?? VectorBenchmark.Form.allCases {
            var benchmark = FilterBenchmark()
            benchmark.settings = index.settings(form)
            benchmark.k = index.k
            benchmark.candidates = candidates
            benchmark.shares = shares
            benchmark.queryLimit = queryLimit
            benchmark.rounds = rounds
            results += try TemporaryDirectory.with { directory in
                try benchmark.run(base: base, queries: queries, directory: directory)
            }
        }
        if json { return print(String(decoding: JSONValue.array(results.map(\.json)).serialized(), as: UTF8.self)) }
        print("\(base.rows) × \(base.columns), num_candidates \(candidates), one thread")
        var table = TextTable(header: [
            "form", "filter", "share", "recall@\(index.k)", "µs", "time", "strategies", "predicted graph, µs", "exact, µs",
        ])
        table.rows = results.map { result in
            [
                result.form.rawValue, result.relation.rawValue, "\(result.share)", String(format: "%.4f", result.recall),
                String(format: "%.0f", result.seconds * 1e6), String(format: "%.2f ×", result.relativeTime),
                result.strategies.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "),
                String(format: "%.0f", result.predictedGraph / 1000), String(format: "%.0f", result.predictedExact / 1000),
            ]
        }
        print(table.text)
    }
}
