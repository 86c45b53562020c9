internal import Encoders
internal import Foundation
internal import Glibc
internal import MatrixKernels
internal import Synchronization
internal import Threads

/// The deployment's threads: one an allocation, each encoding a batch at a time with the same weights.
extension Deployment {
    /// - Parameter body: runs on a thread of its own.
    func startThread(_ body: @escaping @Sendable () -> Void) {
        Thread.start(named: "inference-\(id)") { [isGivingWay] in
            // On Linux this is the calling thread's alone.
            if isGivingWay { setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10) }
            body()
        }
    }

    /// Changes how many batches are encoded at a time. Threads that are too many end after their batch.
    ///
    /// - Throws: `notServing` where the model is not loaded.
    func setAllocations(_ count: Int) throws(InferenceError) {
        let (state, model, added) = status.withLock { status in
            guard status.state == .started, let model = status.model else {
                return (status.state, LoadedModel?.none, [Int]())
            }
            status.allocations = count
            return (status.state, model, status.addWorkers())
        }
        guard let model else { throw .notServing(id: id, state: state) }
        start(added, model)
        queue.wake()
    }

    /// What the first thread does.
    func loadAndServe(_ loader: Loader) {
        let model = load(loader)
        guard let model else { return end() }
        var workers = status.withLock { $0.addWorkers() }
        let own = workers.popLast()
        start(workers, model)
        if let own { work(own, model) }
    }

    private func start(_ workers: [Int], _ model: LoadedModel) {
        for worker in workers { startThread { [self] in work(worker, model) } }
    }

    private func work(_ worker: Int, _ model: LoadedModel) {
        var isDismissed = false
        while let batch = queue.next(while: {
            isDismissed = dismiss(worker)
            return !isDismissed
        }) { encode(batch, model) }
        if isDismissed { return }
        let isLast = status.withLock { status in
            status.workers.remove(worker)
            return status.workers.isEmpty
        }
        if isLast { end() }
    }

    /// Whether the worker is one too many. It is forgotten at once, so that its number can be given again.
    private func dismiss(_ worker: Int) -> Bool {
        status.withLock { status in
            guard worker >= status.allocations, status.state == .started else { return false }
            status.workers.remove(worker)
            return true
        }
    }

    private func load(_ loader: Loader) -> LoadedModel? {
        var model: LoadedModel?
        var failure: ModelLoadingError?
        do throws(ModelLoadingError) {
            model = try loader()
        } catch {
            failure = error
        }
        MatrixEngine.trimMemory()
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

    private func end() {
        let waiters = status.withLock { status in
            status.hasEnded = true
            status.model = nil
            defer { status.endWaiters = [] }
            return status.endWaiters
        }
        for waiter in waiters { waiter.resume() }
    }

    private func encode(_ batch: [BatchQueue.Entry], _ model: LoadedModel) {
        let start = ContinuousClock.now
        do throws(EncoderError) {
            let vectors = try model.encode(batch.map(\.input))
            let time = start.duration(to: .now)
            status.withLock { status in
                let now = Milliseconds.now
                status.counts.inferences += batch.count
                status.counts.batches += 1
                status.counts.encodingTime += time
                status.throughput.count(items: batch.count, cacheHits: 0, encodingTime: time, at: now)
                status.lastAccess = now
            }
            for (entry, vector) in zip(batch, vectors) { entry.request.succeed(entry.index, with: vector) }
        } catch {
            guard let entry = batch.first, batch.count == 1 else {
                // One bad item must not harm the others that happened to come along.
                for entry in batch { encode([entry], model) }
                return
            }
            status.withLock { $0.counts.errors += 1 }
            entry.request.fail(.encoder(index: entry.request.positions[entry.index], error))
        }
    }
}

extension Deployment.Status {
    /// Gives numbers to the workers that are missing.
    fileprivate mutating func addWorkers() -> [Int] {
        let missing = (0..<allocations).filter { !workers.contains($0) }
        workers.formUnion(missing)
        return missing
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
