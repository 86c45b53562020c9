internal import Files
internal import Foundation
internal import Inference
internal import MatrixKernels
internal import Threads

/// Measures an import beside the encoder alone: turns of both, so that what else the machine does meets both.
struct ImportBenchmark: Sendable {
    struct Turn: Sendable {
        var images: Int
        /// Pictures a second: of the encoder, from pictures that are decoded already and from files' bytes, and of the import.
        var encoderRate, filesRate, importRate: Double
        /// Processor milliseconds a picture, of the whole process.
        var encoderCPU, filesCPU, importCPU: Double
    }

    struct Result: Sendable {
        var turns: [Turn] = []
        var failed = 0
        /// Processor milliseconds a picture, of all that is done to it before and after it is encoded.
        var stages: [(stage: String, milliseconds: Double)] = []
        /// Of the imports.
        var threads = ThreadTimes()
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
            var alone = try LocalEmbedder(model: id, folders: modelFolders, precision: precision, pool: pool)
            alone.isDraft = isDraft
            var result = Result()
            let stages = try await stages(alone)
            result.stages = stages.times
            let encoder = try EncoderAlone(embedder: alone, folder: folder, precision: precision, place: place, batch: batch, pool: pool)
            _ = try await encoder.run(.tensors(stages.tensors), for: .seconds(1))
            for turn in 0..<min(turns, files.count) {
                // From all over the folder, so that turns are alike.
                let part = stride(from: turn, to: files.count, by: turns).map { files[$0] }
                let (encoderRate, encoderCPU) = try await encoder.run(.tensors(stages.tensors), for: duration)
                let (filesRate, filesCPU) = try await encoder.run(.files(stages.files), for: duration)
                let books = ThreadTimes.now, time = ContinuousClock.now, processor = ProcessorTime.ofProcess
                let summary = try await importer.run(part)
                let elapsed = time.duration(to: .now), used = ProcessorTime.ofProcess - processor
                result.threads += ThreadTimes.now - books
                result.failed += summary.failed.count
                let count = max(1, summary.imported)
                let turn = Turn(
                    images: count, encoderRate: encoderRate, filesRate: filesRate, importRate: Double(count) / (elapsed / .seconds(1)),
                    encoderCPU: encoderCPU, filesCPU: filesCPU, importCPU: used / .milliseconds(1) / Double(count))
                report(turn)
                result.turns.append(turn)
            }
            result.peakMemory = Self.peakMemory
            return result
        }
    }

    /// Of pictures from all over the files.
    private func stages(_ embedder: LocalEmbedder) async throws -> ImportStages {
        let count = min(files.count, 256)
        let chosen = (0..<count).map { files[$0 * files.count / count].path }
        let pool = BlockingPool(threads: 1, name: "sample")
        let stages = await pool.run { [sendsThumbnails, place] in
            ImportStages(chosen, embedder, makesCopies: sendsThumbnails, sendsImages: place == .node)
        }
        guard !stages.tensors.isEmpty else { throw ImportError.noPictures(root) }
        return stages
    }

    private static var peakMemory: Int {
        let status = String(decoding: (try? File.contents(of: "/proc/self/status")) ?? [], as: UTF8.self)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split(separator: " ").compactMap { Int($0) }.first ?? 0) << 10
    }
}
