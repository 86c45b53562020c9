internal import Synchronization

extension Deployment {
    /// Encodes items that were prepared for this model.
    ///
    /// - Parameters:
    ///   - positions: where the items stand in what the caller was asked for, which errors name; nil counts from 0.
    ///   - timeout: for everything that happens after `arrival`.
    func encode(
        _ inputs: [EncoderInput], at positions: [Int]? = nil, arrival: ContinuousClock.Instant = .now, timeout: Duration
    ) async throws(InferenceError) -> [[Float]] {
        let request = PendingRequest(inputs, at: positions)
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
            guard status.picturePlaces + count <= queueCapacity else { return false }
            status.picturePlaces += count
            return true
        }
        if !isTaken { throw refuse(count) }
    }

    func releasePlaces(_ count: Int) {
        status.withLock { $0.picturePlaces -= count }
    }

    /// Counts items whose vectors were in the cache.
    func countCacheHits(_ count: Int) {
        status.withLock { status in
            status.counts.inferences += count
            status.counts.cacheHits += count
            let now = Milliseconds.now
            status.throughput.count(items: count, cacheHits: count, encodingTime: .zero, at: now)
            status.lastAccess = now
        }
    }

    /// Counts an item that never reached the encoder.
    func countError() {
        status.withLock { $0.counts.errors += 1 }
    }

    /// Counts an item whose time was over before it reached the encoder.
    func countTimeout() {
        status.withLock { $0.counts.timeouts += 1 }
    }

    private func refuse(_ count: Int) -> InferenceError {
        status.withLock { $0.counts.rejections += count }
        return .queueFull(id: id, capacity: queueCapacity)
    }

    private func abandon(_ request: PendingRequest, _ error: InferenceError) {
        guard request.fail(error) else { return }
        queue.remove(request)
        if case .timedOut = error { status.withLock { $0.counts.timeouts += request.inputs.count } }
    }
}
