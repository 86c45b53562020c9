internal import ArgumentParser
internal import Foundation
internal import VectorBenchmark
internal import VectorIndex

/// What measurements of an index have in common: what it is built over, and how.
struct BenchIndexOptions: ParsableArguments {
    @Option(help: "The vectors to index, a NumPy array of (rows, dimensions), float32 or float16; made up if it is left out.")
    var vectors: String?

    @Option(help: "The queries, a NumPy array as --vectors.")
    var queries: String?

    @Option(help: "How many vectors.")
    var rows: Int?

    @Option(help: "Dimensions of made-up vectors.")
    var dimensions = 384

    @Option(help: "Neighbours a query asks for.")
    var k = 10

    @Option(help: "HNSW's M: links of a node above level 0, half of those at level 0.")
    var m = 16

    @Option(help: "HNSW's efConstruction.")
    var efConstruction = 200

    @Option(help: "What a sealed part keeps in memory: \(Quantization.allCases.map(\.rawValue).joined(separator: ", ")).")
    var quantization = Quantization.int8

    @Option(help: "Threads that build, and search where the measurement says so.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    func validate() throws {
        guard (vectors == nil) == (queries == nil) else {
            throw ValidationError("--vectors and --queries belong together")
        }
        guard rows ?? 1 >= 1, dimensions >= 1, k >= 1, threads >= 1 else {
            throw ValidationError("--rows, --dimensions, --k and --threads must be at least 1")
        }
    }

    func settings(_ form: VectorBenchmark.Form) -> BenchmarkedIndex {
        var settings = BenchmarkedIndex()
        settings.form = form
        settings.quantization = quantization
        settings.m = m
        settings.efConstruction = efConstruction
        settings.threads = threads
        return settings
    }

    func tables() throws -> (base: VectorTable, queries: VectorTable) {
        guard let vectors, let queries else {
            return (
                VectorTable(madeUp: rows ?? 100_000, columns: dimensions, seed: 1),
                VectorTable(madeUp: 1000, columns: dimensions, seed: 2)
            )
        }
        return (try VectorTable(numpyFile: vectors, limit: rows), try VectorTable(numpyFile: queries))
    }
}
