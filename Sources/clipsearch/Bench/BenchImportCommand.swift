internal import ArgumentParser
internal import Foundation
internal import MatrixKernels

struct BenchImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Pictures a second of an import, beside the encoder's own rate.",
        discussion: """
            Starts a node on a free port and imports the folder in turns; before each, the encoder alone runs over pictures that are \
            decoded already, in the same batches and on the same threads. On a machine with other load compare the rates of one turn, \
            or the processor time, which other load does not lengthen. Storing and indexing are in the import's time.
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
                    format: "%d pictures: encoder alone %.1f/s, import %.1f/s (%.1f %%); processor %.2f ms and %.2f ms a picture (%.1f %%)",
                    turn.images, turn.encoderRate, turn.importRate, 100 * turn.importRate / turn.encoderRate, turn.encoderCPU,
                    turn.importCPU, 100 * turn.encoderCPU / turn.importCPU))
            fflush(nil)
        }
        let imported = Double(max(1, result.turns.reduce(0) { $0 + $1.images }))
        func mean(_ value: (ImportBenchmark.Turn) -> Double) -> Double {
            result.turns.reduce(0) { $0 + value($1) * Double($1.images) } / imported
        }
        let encoding = mean(\.encoderCPU), whole = mean(\.importCPU)
        let decoding = result.readingCPU + result.preparingCPU
        print(
            String(
                format: """
                    %.0f imported, %d failed, at most %d MB in memory, node included
                    import/encoder: best turn %.1f %%, mean %.1f %%
                    processor a picture: encoding %.2f ms, reading and hashing %.2f, decoding, fitting and small copies %.2f, all of it %.2f
                    the encoder has %.1f %% of the processor's time; encoding and decoding together have %.1f %%
                    """,
                imported, result.failed, result.peakMemory >> 20, 100 * (result.turns.map { $0.importRate / $0.encoderRate }.max() ?? 0),
                100 * mean { $0.importRate / $0.encoderRate }, encoding, result.readingCPU, result.preparingCPU, whole,
                100 * encoding / whole, 100 * (encoding + decoding) / whole))
    }
}
