internal import Encoders
internal import Files
internal import Foundation
internal import ImagePreprocessing
internal import Inference
internal import JSON
internal import MatrixKernels

/// Measures `_infer` over HTTP by clients that each send one picture at a time, beside the encoder alone.
struct QueueBenchmark: Sendable {
    struct Result: Sendable {
        /// Pictures a second, in batches of eight: the encoder alone, and with decoding and fitting spread over all cores.
        var encoderRate, roadRate: Double
        var latencies: LatencySummary
        /// Of the batches that formed.
        var batches, meanBatchSize, meanBatchMilliseconds: Double
    }

    let folder: String
    let pictures: PictureSet
    let precision: Precision
    let threads: Int
    let connections: Int
    let duration: Duration

    func run() async throws -> Result {
        let road = try PictureRoad(
            ModelLayout(folder: folder), MatrixEngine(threads: threads), precision, batch: BatchLimits().images)
        let alone = try road.measure(pictures)
        let data = try TemporaryDirectory.make()
        defer { try? Path.remove(data) }
        var settings = Settings.defaults
        settings.dataPath = data
        settings.modelPaths = [Path.parent(of: folder)]
        let id = Model.id(forName: String(folder.split(separator: "/").last ?? ""))
        settings.startedModels = [id]
        settings.inferencePrecision = precision
        settings.inferenceThreads = threads
        let requests = pictures.contents.map { picture in
            let uri = "data:image/jpeg;base64," + Data(picture).base64EncodedString()
            let body: JSONValue = ["docs": [["image_field": .string(uri)]]]
            return LoadConnection.request(path: "/_ml/trained_models/\(id)/_infer", body: body.serialized())
        }
        return try await Node.withBenchmarkNode(settings) { node, port in
            let warmUp = ClosedLoop(port: port, connections: connections, duration: .seconds(1))
            _ = try await warmUp.run(requests)
            let before = await node.models.statistics(id)?.counts ?? DeploymentCounts()
            let latencies = try await ClosedLoop(port: port, connections: connections, duration: duration).run(requests)
            let after = await node.models.statistics(id)?.counts ?? DeploymentCounts()
            let batches = Double(after.batches - before.batches)
            let time = (after.encodingTime - before.encodingTime) / .milliseconds(1)
            return Result(
                encoderRate: 1000 / alone.encoding,
                roadRate: 1000 / (alone.encoding + (alone.decoding + alone.fitting) / Double(MatrixEngine.cores)),
                latencies: latencies, batches: batches,
                meanBatchSize: Double(after.inferences - before.inferences) / max(1, batches),
                meanBatchMilliseconds: time / max(1, batches))
        }
    }
}
