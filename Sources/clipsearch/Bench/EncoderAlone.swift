internal import Encoders
internal import Inference
internal import MatrixKernels
internal import Threads

/// The encoder with nothing to wait for, in the batches and on the threads that an import has it on.
struct EncoderAlone: Sendable {
    /// What the encoder's pictures come from.
    enum Input: Sendable {
        /// Decoded and normalised.
        case tensors([[Float]])
        /// Files' bytes, which are decoded, fitted and normalised first.
        case files([[UInt8]])
    }

    private let embedder: LocalEmbedder
    /// Of a node's deployment: one batch on all threads.
    private let shared: (any ImageEncoder)?
    private let pool: BlockingPool
    private let batch: Int

    init(
        embedder: LocalEmbedder, folder: String, precision: Precision, place: EmbeddingPlace, batch: Int, pool: BlockingPool
    ) throws {
        self.embedder = embedder
        self.pool = pool
        shared = place == .node ? try ModelLayout(folder: folder).makeImageEncoder(MatrixEngine(threads: pool.threads), precision) : nil
        self.batch = place == .node ? BatchLimits().images : batch
    }

    /// Pictures a second, and processor milliseconds a picture.
    func run(_ input: Input, for duration: Duration) async throws -> (rate: Double, processor: Double) {
        let start = ContinuousClock.now, processor = ProcessorTime.ofProcess
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<(shared == nil ? pool.threads : 1) {
                group.addTask {
                    var done = 0
                    while ContinuousClock.now < start + duration {
                        let tensors = await tensors(input, from: done + worker * 17)
                        if let shared { _ = try shared.encode(tensors) } else { _ = try await embedder.encode(tensors) }
                        done += tensors.count
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = start.duration(to: .now), used = ProcessorTime.ofProcess - processor
        return (Double(count) / (elapsed / .seconds(1)), used / .milliseconds(1) / Double(max(1, count)))
    }

    private func tensors(_ input: Input, from first: Int) async -> [[Float]] {
        switch input {
        case .tensors(let all): (0..<batch).map { all[(first + $0) % all.count] }
        case .files(let all):
            await pool.run { [embedder, batch] in
                (0..<batch).compactMap { number -> [Float]? in
                    guard case .tensor(let values)? = try? embedder.prepare(all[(first + number) % all.count], withThumbnail: false).input
                    else { return nil }
                    return values
                }
            }
        }
    }
}
