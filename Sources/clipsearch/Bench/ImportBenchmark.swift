internal import Encoders
internal import Files
internal import Foundation
internal import ImagePreprocessing
internal import Inference
internal import JSON
internal import MatrixKernels
internal import Threads

/// Measures an import beside the encoder alone: turns of both, so that what else the machine does meets both.
struct ImportBenchmark: Sendable {
    struct Turn: Sendable {
        var images: Int
        /// Pictures a second.
        var encoderRate, importRate: Double
        /// Processor milliseconds a picture, of the whole process.
        var encoderCPU, importCPU: Double
    }

    struct Result: Sendable {
        var turns: [Turn] = []
        var failed = 0
        /// Processor milliseconds a picture: reading and hashing; decoding, fitting and the small copy.
        var readingCPU = 0.0, preparingCPU = 0.0
        /// Bytes.
        var peakMemory = 0
    }

    let folder: String
    let files: [ImageFolder.File]
    let root: String
    let place: EmbeddingPlace
    let precision: Precision
    let isDraft: Bool
    let sendsThumbnails: Bool
    let batch: Int
    let threads: Int
    let turns: Int
    /// Of the encoder alone, a turn.
    let duration: Duration

    func run(_ report: @escaping @Sendable (Turn) -> Void) async throws -> Result {
        let data = try TemporaryDirectory.make()
        defer { try? Path.remove(data) }
        var settings = Settings.defaults
        settings.dataPath = data
        settings.modelPaths = [Path.parent(of: folder)]
        let id = Model.id(forName: String(folder.split(separator: "/").last ?? ""))
        settings.startedModels = place == .node ? [id] : []
        settings.inferencePrecision = precision
        settings.inferenceThreads = threads
        let modelFolders = settings.modelPaths
        return try await Node.withBenchmarkNode(settings) { _, port in
            var client = ElasticsearchClient(url: "http://127.0.0.1:\(port)")
            client.retries = .patient
            let order = FolderImport(
                folder: ImageFolder(path: root), index: "bench", model: id, client: client, place: place,
                modelFolders: modelFolders, precision: precision, isDraft: isDraft, sendsThumbnails: sendsThumbnails,
                batchSize: batch, threads: threads)
            let importer = try await order.makeImporter(checkedBy: files)(PictureFields())
            let pool = BlockingPool(threads: threads, name: "bench")
            let alone = try LocalEmbedder(model: id, folders: modelFolders, precision: precision, pool: pool)
            var result = Result()
            let tensors = try await sample(alone, &result)
            let encoder = try EncoderAlone(embedder: alone, folder: folder, precision: precision, place: place, batch: batch, threads: threads, tensors: tensors)
            _ = try await encoder.run(for: .seconds(1))
            for turn in 0..<min(turns, files.count) {
                // From all over the folder, so that turns are alike.
                let part = stride(from: turn, to: files.count, by: turns).map { files[$0] }
                let (encoderRate, encoderCPU) = try await encoder.run(for: duration)
                let time = ContinuousClock.now, processor = ProcessorTime.ofProcess
                let summary = try await importer.run(part)
                let elapsed = time.duration(to: .now), used = ProcessorTime.ofProcess - processor
                result.failed += summary.failed.count
                let count = max(1, summary.imported)
                let turn = Turn(
                    images: count, encoderRate: encoderRate, importRate: Double(count) / (elapsed / .seconds(1)), encoderCPU: encoderCPU,
                    importCPU: used / .milliseconds(1) / Double(count))
                report(turn)
                result.turns.append(turn)
            }
            result.peakMemory = Self.peakMemory
            return result
        }
    }

    /// Decoded pictures from all over the files, and what decoding takes.
    private func sample(_ embedder: LocalEmbedder, _ result: inout Result) async throws -> [[Float]] {
        let count = min(files.count, 256)
        let chosen = (0..<count).map { files[$0 * files.count / count] }
        var embedder = embedder
        embedder.isDraft = isDraft
        let pool = BlockingPool(threads: 1, name: "sample")
        let (tensors, reading, preparing) = await pool.run { [embedder, sendsThumbnails] in
            var tensors: [[Float]] = [], reading = Duration.zero, preparing = Duration.zero
            for file in chosen {
                let start = ProcessorTime.ofThread
                guard let bytes = try? File.contents(of: file.path) else { continue }
                _ = ImportedImage.hash(bytes)
                let read = ProcessorTime.ofThread
                guard let picture = try? embedder.prepare(bytes, withThumbnail: sendsThumbnails) else { continue }
                reading += read - start
                preparing += ProcessorTime.ofThread - read
                if case .tensor(let values) = picture.input { tensors.append(values) }
            }
            return (tensors, reading, preparing)
        }
        guard !tensors.isEmpty else { throw ImportError.noPictures(root) }
        result.readingCPU = reading / .milliseconds(1) / Double(tensors.count)
        result.preparingCPU = preparing / .milliseconds(1) / Double(tensors.count)
        return tensors
    }

    private static var peakMemory: Int {
        let status = String(decoding: (try? File.contents(of: "/proc/self/status")) ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
    }
}

/// The encoder with nothing to wait for, in the batches and on the threads that the import has it on.
private struct EncoderAlone: Sendable {
    let embedder: LocalEmbedder
    let tensors: [[Float]]
    /// Of a node's deployment: one batch on all threads.
    private let shared: (any ImageEncoder)?
    private let batch: Int
    private let threads: Int

    init(
        embedder: LocalEmbedder, folder: String, precision: Precision, place: EmbeddingPlace, batch: Int, threads: Int, tensors: [[Float]]
    ) throws {
        self.embedder = embedder
        self.tensors = tensors
        self.threads = threads
        shared = place == .node ? try ModelLayout(folder: folder).makeImageEncoder(MatrixEngine(threads: threads), precision) : nil
        self.batch = place == .node ? BatchLimits().images : batch
    }

    /// Pictures a second, and processor milliseconds a picture.
    func run(for duration: Duration) async throws -> (rate: Double, processor: Double) {
        let start = ContinuousClock.now, processor = ProcessorTime.ofProcess
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for worker in 0..<(shared == nil ? threads : 1) {
                group.addTask {
                    var done = 0
                    while ContinuousClock.now < start + duration {
                        let batch = (0..<batch).map { tensors[(done + $0 + worker * 17) % tensors.count] }
                        if let shared { _ = try shared.encode(batch) } else { _ = try await embedder.encode(batch) }
                        done += batch.count
                    }
                    return done
                }
            }
            return try await group.reduce(0, +)
        }
        let elapsed = start.duration(to: .now), used = ProcessorTime.ofProcess - processor
        return (Double(count) / (elapsed / .seconds(1)), used / .milliseconds(1) / Double(max(1, count)))
    }
}
