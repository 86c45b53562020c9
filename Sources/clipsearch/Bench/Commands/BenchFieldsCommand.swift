internal import ArgumentParser
internal import Files
internal import Foundation
internal import JSON

struct BenchFieldsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields", abstract: "Indexing and searching of terms, texts, numbers and points.",
        discussion: """
            Made-up documents with two keywords, a text of ten words, two numbers and a point go into one shard, parsed from \
            JSON by two tasks and durable; then queries of each kind, scripts among them, run over all of them, on one thread, interleaved. Prints \
            JSON: milliseconds of the fastest round and of the median.
            """)

    @Option(help: "How many documents.")
    var documents = 1_000_000

    @Option(help: "Documents of one write.")
    var bulk = 5000

    @Option(help: "Rounds of queries, of which the best and the median are told.")
    var rounds = 20

    func validate() throws {
        guard documents >= 1000, 1...100_000 ~= bulk, rounds >= 1 else {
            throw ValidationError("--documents must be at least 1000, --bulk 1 to 100000, --rounds at least 1")
        }
    }

    func run() async throws {
        let directory = try TemporaryDirectory.make()
        defer { try? Path.remove(directory) }
        let benchmark = try FieldsBenchmark(documents: documents, bulk: bulk, rounds: rounds, directory: directory)
        print(String(decoding: try await benchmark.run().serialized(pretty: true), as: UTF8.self))
    }
}
