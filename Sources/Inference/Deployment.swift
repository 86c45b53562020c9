internal import Encoders
internal import Foundation
internal import MatrixKernels
internal import Synchronization

/// A model being served: its encoders, the queue before them, and the thread that runs them.
final class Deployment: Sendable {
    /// Makes the encoders; runs on the deployment's thread.
    typealias Loader = @Sendable () throws(ModelLoadingError) -> LoadedModel

    private struct Status {
        var state = DeploymentState.starting
        var failure: ModelLoadingError?
        var model: LoadedModel?
        var counts = DeploymentCounts()
        var lastAccess: Int?
        /// Whoever waits for the thread to have loaded, and for it to have ended.
        var loadWaiters: [CheckedContinuation<Void, Never>] = []
        var endWaiters: [CheckedContinuation<Void, Never>] = []
        var hasEnded = false
        /// Places taken by pictures on their way to the queue, and through it.
        var picturePlaces = 0
    }

    let id: String
    let configuration: DeploymentConfiguration
    private let startTime = Milliseconds.now
    private let queue: BatchQueue
    private let status = Mutex(Status())

    init(id: String, configuration: DeploymentConfiguration, loader: @escaping Loader) {
        self.id = id
        self.configuration = configuration
        queue = BatchQueue(capacity: configuration.queueCapacity, limits: configuration.batch)
        Thread.start(named: "inference-\(id)") { [self] in run(loader) }
    }

    /// The encoders, if the deployment serves.
    func model() throws(InferenceError) -> LoadedModel {
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

    /// Encodes items that were prepared for this model.
    ///
    /// - Parameters:
    ///   - offset: the position of the first item in what the caller was asked for, which errors name.
    ///   - timeout: for everything that happens after `arrival`.
    func encode(
        _ inputs: [EncoderInput], at offset: Int = 0, arrival: ContinuousClock.Instant = .now, timeout: Duration
    ) async throws(InferenceError) -> [[Float]] {
        let request = PendingRequest(inputs, offset: offset)
        guard !inputs.isEmpty else { return [] }
        do throws(BatchQueue.Refusal) {
            try queue.append(request)
        } catch {
            switch error {
            case .closed: throw .notServing(id: id, state: .stopping)
            case .full: throw refuse(inputs.count)
            }
        }
        let timer = Task { [self] in
            try await Task.sleep(until: arrival + timeout, clock: .continuous)
            abandon(request, .timedOut(timeout))
        }
        defer { timer.cancel() }
        let outcome = await withTaskCancellationHandler {
            await request.vectors()
        } onCancel: {
            abandon(request, .cancelled)
        }
        return try outcome.get()
    }

    /// Takes places for pictures that are to be prepared and encoded; `releasePlaces` gives them back.
    ///
    /// - Throws: `queueFull` if there are not so many.
    func takePlaces(_ count: Int) throws(InferenceError) {
        let isTaken = status.withLock { status in
            guard status.picturePlaces + count <= queue.capacity else { return false }
            status.picturePlaces += count
            return true
        }
        if !isTaken { throw refuse(count) }
    }

    func releasePlaces(_ count: Int) {
        status.withLock { $0.picturePlaces -= count }
    }

    private func refuse(_ count: Int) -> InferenceError {
        status.withLock { $0.counts.rejections += count }
        return .queueFull(id: id, capacity: queue.capacity)
    }

    /// Counts an item that never reached the encoder.
    func countError() {
        status.withLock { $0.counts.errors += 1 }
    }

    /// Counts an item whose time was over before it reached the encoder.
    func countTimeout() {
        status.withLock { $0.counts.timeouts += 1 }
    }

    /// Refuses new items, fails those that wait, and returns when the thread has ended.
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
            DeploymentStatistics(
                id: id, state: status.state, failure: status.failure, startTime: startTime,
                lastAccess: status.lastAccess, threads: configuration.threads ?? MatrixEngine.cores,
                queueCapacity: queue.capacity, queueDepth: depth, counts: status.counts)
        }
    }

    private func abandon(_ request: PendingRequest, _ error: InferenceError) {
        guard request.fail(error) else { return }
        queue.remove(request)
        if case .timedOut = error { status.withLock { $0.counts.timeouts += request.inputs.count } }
    }

    // MARK: - on the deployment's thread

    private func run(_ loader: Loader) {
        if let model = load(loader) {
            while let batch = queue.next() { encode(batch, model) }
        }
        let waiters = status.withLock { status in
            status.hasEnded = true
            status.model = nil
            defer { status.endWaiters = [] }
            return status.endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func load(_ loader: Loader) -> LoadedModel? {
        var model: LoadedModel?
        var failure: ModelLoadingError?
        do throws(ModelLoadingError) {
            model = try loader()
        } catch {
            failure = error
        }
        let waiters = status.withLock { [model, failure] status in
            if status.state == .starting { status.state = failure == nil ? .started : .failed }
            status.failure = failure
            status.model = model
            defer { status.loadWaiters = [] }
            return status.loadWaiters
        }
        for waiter in waiters { waiter.resume() }
        return model
    }

    private func encode(_ batch: [BatchQueue.Entry], _ model: LoadedModel) {
        let start = ContinuousClock.now
        do throws(EncoderError) {
            let vectors = try model.encode(batch.map(\.input))
            let time = start.duration(to: .now)
            status.withLock { status in
                status.counts.inferences += batch.count
                status.counts.batches += 1
                status.counts.encodingTime += time
                status.lastAccess = Milliseconds.now
            }
            for (entry, vector) in zip(batch, vectors) { entry.request.succeed(entry.index, with: vector) }
        } catch {
            guard let entry = batch.first, batch.count == 1 else {
                // One bad item must not harm the others that happened to come along.
                for entry in batch { encode([entry], model) }
                return
            }
            status.withLock { $0.counts.errors += 1 }
            entry.request.fail(.encoder(index: entry.request.offset + entry.index, error))
        }
    }
}

extension LoadedModel {
    /// Encodes a batch of one kind, whose side the model has.
    fileprivate func encode(_ inputs: [EncoderInput]) throws(EncoderError) -> [[Float]] {
        let texts = inputs.compactMap { if case .text(let ids) = $0 { ids } else { nil } }
        let images = inputs.compactMap { if case .image(let values) = $0 { values } else { nil } }
        if let text, !texts.isEmpty { return try text.encoder.encode(texts) }
        if let image, !images.isEmpty { return try image.encoder.encode(images) }
        return []
    }
}

/// Wall-clock time as Elasticsearch writes it.
enum Milliseconds {
    static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }
}
