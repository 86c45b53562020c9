internal import Encoders
internal import Foundation
internal import Synchronization

/// A model being served: its encoders, the queue before them, and the threads that run them.
final class Deployment: Sendable {
    /// Makes the encoders; runs on the deployment's first thread.
    typealias Loader = @Sendable () throws(ModelLoadingError) -> LoadedModel

    struct Status {
        var state = DeploymentState.starting
        var failure: ModelLoadingError?
        var model: LoadedModel?
        var counts = DeploymentCounts()
        var throughput = Throughput()
        var lastAccess: Int?
        var allocations: Int
        /// The numbers of the threads that take batches.
        var workers: Set<Int> = []
        /// Whoever waits for the model to have been loaded, and for the last thread to have ended.
        var loadWaiters: [CheckedContinuation<Void, Never>] = []
        var endWaiters: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
        /// Places taken by pictures on their way to the queue, and through it.
        var picturePlaces = 0
    }

    let id: String
    let modelID: String
    let cache: EmbeddingCache
    let queue: BatchQueue
    let status: Mutex<Status>
    private let configuration: DeploymentConfiguration
    private let startTime = Milliseconds.now

    init(id: String, modelID: String, configuration: DeploymentConfiguration, loader: @escaping Loader) {
        self.id = id
        self.modelID = modelID
        self.configuration = configuration
        cache = EmbeddingCache(capacity: configuration.cacheBytes)
        queue = BatchQueue(capacity: configuration.queueCapacity, limits: configuration.batch)
        status = Mutex(Status(allocations: configuration.allocations))
        startThread { [self] in loadAndServe(loader) }
    }

    var queueCapacity: Int { queue.capacity }
    var state: DeploymentState { status.withLock { $0.state } }
    var isGivingWay: Bool { configuration.priority == .low }

    /// The encoders, if the deployment serves.
    func encoders() throws(InferenceError) -> LoadedModel {
        let (state, model) = status.withLock { ($0.state, $0.model) }
        guard state == .started, let model else { throw .notServing(id: id, state: state) }
        return model
    }

    /// Waits until the model is in memory.
    func loaded() async throws(InferenceError) {
        await withCheckedContinuation { continuation in
            let isDone = status.withLock { status in
                if status.state == .starting { status.loadWaiters.append(continuation) }
                return status.state != .starting
            }
            if isDone { continuation.resume() }
        }
        let (state, failure) = status.withLock { ($0.state, $0.failure) }
        if let failure { throw .loadingFailed(id: id, failure) }
        guard state == .started else { throw .notServing(id: id, state: state) }
    }

    /// Refuses new items, fails those that wait, and returns when the threads have ended.
    func stop() async {
        status.withLock { $0.state = .stopping }
        for entry in queue.close() { entry.request.fail(.notServing(id: id, state: .stopping)) }
        await withCheckedContinuation { continuation in
            let hasEnded = status.withLock { status in
                if !status.hasEnded { status.endWaiters.append(continuation) }
                return status.hasEnded
            }
            if hasEnded { continuation.resume() }
        }
    }

    var statistics: DeploymentStatistics {
        let depth = queue.depth
        return status.withLock { status in
            status.throughput.advance(to: Milliseconds.now)
            var configuration = configuration
            configuration.allocations = status.allocations
            return DeploymentStatistics(
                id: id, modelID: modelID, state: status.state, failure: status.failure,
                weightBytes: status.model?.weightBytes, startTime: startTime,
                lastAccess: status.lastAccess, configuration: configuration, queueDepth: depth, counts: status.counts,
                throughput: status.throughput)
        }
    }
}

/// Wall-clock time as Elasticsearch writes it.
enum Milliseconds {
    static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }
}
