internal import ArgumentParser
internal import Foundation
internal import MatrixKernels

struct BenchImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Pictures a second of an import, beside the encoder's own rate.",
        discussion: """
            Starts a node on a free port and imports the folder in turns. Before each the encoder runs alone, in the same batches and on \
            the same threads: over pictures that are decoded already, and over files' bytes in memory, which it decodes and fits first, as \
            it does for whoever asks for pictures' vectors. The second is what an import can be as fast as. On a machine with other load \
            compare the rates of one turn, or the processor time, which other load does not lengthen. Storing and indexing are in the \
            import's time.

            Then it tells where the processor's time went: each step alone, and what the import's threads took, those of the node too.
            """)

    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "A folder of pictures.")
    var images: String

    @Option(help: "Only so many pictures, from all over the folder. (default: all)")
    var limit: Int?

    @Option(help: "Where pictures are embedded: node or here.")
    var embed = EmbeddingPlace.here

    @Option(help: "How weights are kept.")
    var precision = Precision.standard

    @Flag(help: "Decode large JPEGs at a part of their size.")
    var draft = false

    @Flag(inversion: .prefixedNo, help: "Send small copies.")
    var thumbnails = true

    @Option(help: "Pictures in a batch.")
    var batch = 16

    @Option(help: "Threads.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Turns.")
    var turns = 5

    @Option(help: "Seconds of the encoder alone, a turn.")
    var seconds = 5

    func validate() throws {
        guard [batch, threads, turns, seconds, limit ?? 1].allSatisfy({ $0 > 0 }) else { throw ValidationError("Numbers must be positive.") }
    }

    func run() async throws {
        let all = try ImageFolder(path: images).files()
        if all.isEmpty { throw ImportError.noPictures(images) }
        let count = min(limit ?? all.count, all.count)
        let benchmark = ImportBenchmark(
            folder: model, files: (0..<count).map { all[$0 * all.count / count] }, root: images, place: embed, precision: precision,
            isDraft: draft, sendsThumbnails: thumbnails, batch: batch, threads: threads, turns: turns, duration: .seconds(seconds))
        let result = try await benchmark.run { turn in
            print(
                String(
                    format: """
                        %d pictures a second: encoder alone %.1f, from files %.1f, import %.1f (%.1f %% and %.1f %%); \
                        processor %.2f, %.2f and %.2f ms each (%.1f %% and %.1f %%)
                        """,
                    turn.images, turn.encoderRate, turn.filesRate, turn.importRate, 100 * turn.importRate / turn.encoderRate,
                    100 * turn.importRate / turn.filesRate, turn.encoderCPU, turn.filesCPU, turn.importCPU,
                    100 * turn.encoderCPU / turn.importCPU, 100 * turn.filesCPU / turn.importCPU))
            fflush(nil)
        }
        report(result)
    }

    private func report(_ result: ImportBenchmark.Result) {
        let imported = Double(max(1, result.turns.reduce(0) { $0 + $1.images }))
        func mean(_ value: (ImportBenchmark.Turn) -> Double) -> Double {
            result.turns.reduce(0) { $0 + value($1) * Double($1.images) } / imported
        }
        func best(_ value: (ImportBenchmark.Turn) -> Double) -> Double { result.turns.map(value).max() ?? 0 }
        print(
            String(
                format: """
                    %.0f imported, %d failed, at most %d MB in memory, node included
                    import/encoder: best turn %.1f %%, mean %.1f %%; import/encoder from files: best turn %.1f %%, mean %.1f %%
                    """,
                imported, result.failed, result.peakMemory >> 20, 100 * best { $0.importRate / $0.encoderRate },
                100 * mean { $0.importRate / $0.encoderRate }, 100 * best { $0.importRate / $0.filesRate },
                100 * mean { $0.importRate / $0.filesRate }))
        let whole = mean(\.importCPU)
        let stages = [("encoding", mean(\.encoderCPU))] + result.stages
        let rest = whole - stages.reduce(0) { $0 + $1.1 }
        func table(_ title: String, _ rows: [(String, Double)]) {
            let cells = rows.map { [$0.0, String(format: "%.3f", $0.1), String(format: "%.1f %%", 100 * $0.1 / whole)] }
            print(TextTable(header: [title, "ms a picture", "share"], rows: cells).text)
        }
        table("step", stages + [("the rest: HTTP, storing, indexing", rest), ("all of the import", whole)])
        table("threads", result.threads.milliseconds.map { ($0.key, $0.value / imported) }.sorted { $0.1 > $1.1 }.filter { $0.1 >= 0.005 })
    }
}
