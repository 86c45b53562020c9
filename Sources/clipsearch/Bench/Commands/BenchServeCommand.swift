internal import ArgumentParser
internal import JSON
internal import VectorBenchmark

struct BenchServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Queries per second and latencies of _search over HTTP, in a closed loop on loopback.",
        discussion: """
            Starts a node on a free port, indexes the vectors over HTTP, and asks for the k nearest of each query in \
            turn: first in process (the engine's own time), then over HTTP on one connection and on --connections.
            """)

    @Option(help: "The vectors to index: a NumPy array of (rows, dimensions), float32 or float16. (default: made up)")
    var vectors: String?

    @Option(help: "The queries, likewise.")
    var queries: String?

    @Option(help: "Only the first rows of --vectors, or how many are made up. (default: all, or 100000)")
    var rows: Int?

    @Option(help: "Dimensions of made-up vectors.")
    var dims = 384

    @Option(help: "Hits a query asks for.")
    var k = 10

    @Option(help: "num_candidates of a query.")
    var numCandidates = 100

    @Option(help: "Connections of the loaded run.")
    var connections = 4

    @Option(help: "Seconds of each run.")
    var seconds = 5

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (vectors == nil) == (queries == nil) else {
            throw ValidationError("--vectors and --queries go together.")
        }
        guard [k, numCandidates, connections, seconds, dims, rows ?? 1].allSatisfy({ $0 > 0 }) else {
            throw ValidationError("Numbers must be positive.")
        }
    }

    func run() async throws {
        let base =
            try vectors.map { try VectorTable(numpyFile: $0, limit: rows) }
            ?? VectorTable(madeUp: rows ?? 100_000, columns: dims, seed: 1)
        let asked =
            try queries.map { try VectorTable(numpyFile: $0) } ?? VectorTable(madeUp: 1000, columns: dims, seed: 2)
        let benchmark = ServeBenchmark(
            base: base, queries: (0..<asked.rows).map { asked.row($0) }, k: k, candidates: numCandidates,
            connections: connections, duration: .seconds(seconds))
        let result = try await benchmark.run()
        print(json ? String(decoding: result.json.serialized(), as: UTF8.self) : result.text)
    }
}
