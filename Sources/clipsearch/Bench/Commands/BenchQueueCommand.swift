internal import ArgumentParser
internal import Foundation
internal import MatrixKernels

struct BenchQueueCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue",
        abstract: "Pictures a second of _infer over HTTP, from clients that each send one picture at a time.",
        discussion: """
            Starts a node on a free port. Batches form while the encoder is busy; the rate is compared with the encoder's \
            own in batches of eight, and with that of the whole road from bytes to vector.
            """)

    @Option(help: "The model's folder.")
    var model: String

    @Option(help: "A folder of pictures.")
    var images: String

    @Option(help: "Clients.")
    var connections = 16

    @Option(help: "How weights are kept.")
    var precision = Precision.standard

    @Option(help: "Threads of the matrix products.")
    var threads = ProcessInfo.processInfo.activeProcessorCount

    @Option(help: "Seconds of the run.")
    var seconds = 10

    func validate() throws {
        guard connections > 0, threads > 0, seconds > 0 else { throw ValidationError("Numbers must be positive.") }
    }

    func run() async throws {
        let result = try await QueueBenchmark(
            folder: model, pictures: PictureSet(folder: images, limit: 64), precision: precision, threads: threads,
            connections: connections, duration: .seconds(seconds)
        ).run()
        let rate = result.latencies.queriesPerSecond
        print(
            String(
                format: """
                    %@, %d clients: %.1f pictures/s, mean %.1f ms, p50 %.1f, p99 %.1f
                    batches of %.1f pictures, %.1f ms each: p99 is %.1f times that
                    encoder alone, batch 8: %.1f pictures/s (%.0f %%); with decoding and fitting: %.1f (%.0f %%)
                    """,
                precision.rawValue, connections, rate, result.latencies.meanMilliseconds,
                result.latencies.p50Milliseconds, result.latencies.p99Milliseconds, result.meanBatchSize,
                result.meanBatchMilliseconds, result.latencies.p99Milliseconds / max(0.001, result.meanBatchMilliseconds),
                result.encoderRate, 100 * rate / result.encoderRate, result.roadRate, 100 * rate / result.roadRate))
    }
}
