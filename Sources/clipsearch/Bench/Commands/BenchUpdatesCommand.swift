internal import ArgumentParser
internal import Foundation
internal import JSON
internal import VectorBenchmark
internal import VectorIndex

struct BenchUpdatesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "updates",
        abstract: "Recall of the vector index after rounds of updates, and speed of searches meanwhile.",
        discussion: """
            A round deletes a share of the vectors and writes them again under new ordinals, so that the index holds the same \
            after each, and recall is to be that of the fresh index. One thread searches while another writes, and at \
            the end while one seals; what remains of its speed is in proportion to the idle machine's.
            """)

    @OptionGroup var index: BenchIndexOptions

    @Option(help: "The form at first: \(VectorBenchmark.Form.allCases.map(\.rawValue).joined(separator: " or ")); each if it is left out.")
    var form: VectorBenchmark.Form?

    @Option(help: "Candidates a search keeps.")
    var candidates = 100

    @Option(help: "The share of the vectors that a round updates.")
    var share = 0.3

    @Option(help: "Rounds of updates.")
    var rounds = 5

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (0...1).contains(share), candidates >= 1, rounds >= 0 else {
            throw ValidationError("--share must be between 0 and 1, --candidates at least 1, --rounds at least 0")
        }
    }

    func run() async throws {
        let (base, queries) = try index.tables()
        if !json {
            print("\(base.rows) × \(base.columns), \(share) of them updated a round, num_candidates \(candidates)")
        }
        var results: [UpdatesBenchmarkResult] = []
        for form in form.map({ [$0] }) ?? VectorBenchmark.Form.allCases {
            var benchmark = UpdatesBenchmark()
            benchmark.settings = index.settings(form)
            benchmark.k = index.k
            benchmark.candidates = candidates
            benchmark.share = share
            benchmark.rounds = rounds
            let result = try TemporaryDirectory.with { directory in
                try benchmark.run(base: base, queries: queries, directory: directory)
            }
            results.append(result)
            if !json { show(result) }
        }
        if json { print(String(decoding: JSONValue.array(results.map(\.json)).serialized(), as: UTF8.self)) }
    }

    private func show(_ result: UpdatesBenchmarkResult) {
        var table = TextTable(header: ["", "sealed", "recall@\(index.k)", "QPS idle", "meanwhile", "writes/s"])
        table.rows =
            [cells("\(result.form.rawValue), fresh", result.fresh)]
            + result.rounds.enumerated().map { cells("round \($0 + 1)", $1) } + [cells("sealed", result.sealed)]
        print(table.text)
        print(
            String(
                format: "at most %.4f of recall lost; a search thread keeps %.0f %% of its speed during writes, %.0f %% during sealing",
                result.lostRecall, 100 * result.remainingDuringWrites, 100 * result.remainingDuringSealing))
    }

    private func cells(_ name: String, _ round: UpdatesBenchmarkResult.Round) -> [String] {
        func number(_ value: Double?) -> String { value.map { String(format: "%.0f", $0) } ?? "" }
        return [
            name, String(format: "%.0f %%", 100 * round.sealedShare), String(format: "%.4f", round.recall),
            number(round.idleQPS), number(round.busyQPS), number(round.writesPerSecond),
        ]
    }
}
