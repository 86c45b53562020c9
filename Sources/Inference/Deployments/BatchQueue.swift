internal import Dispatch
internal import Synchronization

/// The items that wait for a deployment's encoder, first come, first served.
///
/// There is no timer: a consumer takes what is there as soon as it is free, so a lone item goes at once and batches form
/// while the encoder is busy. Each consumer that has had its signal and leaves something behind wakes the next.
final class BatchQueue: Sendable {
    /// One item of a request.
    struct Entry: Sendable {
        let request: PendingRequest
        let index: Int

        var input: EncoderInput { request.inputs[index] }
    }

    enum Refusal: Error {
        case full, closed
    }

    private struct State {
        var entries: [Entry] = []
        var isClosed = false
        /// Consumers that wait for a signal.
        var sleepers = 0
    }

    let capacity: Int
    private let limits: BatchLimits
    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)

    init(capacity: Int, limits: BatchLimits) {
        self.capacity = capacity
        self.limits = limits
    }

    var depth: Int { state.withLock { $0.entries.count } }
    var sleepers: Int { state.withLock { $0.sleepers } }

    /// Appends all items of the request, or none.
    func append(_ request: PendingRequest) throws(Refusal) {
        let refusal: Refusal? = state.withLock { state in
            if state.isClosed { return .closed }
            if state.entries.count + request.inputs.count > capacity { return .full }
            state.entries += request.inputs.indices.map { Entry(request: request, index: $0) }
            return nil
        }
        if let refusal { throw refusal }
        arrivals.signal()
    }

    /// Takes a settled request's items out, which nobody waits for any more.
    func remove(_ request: PendingRequest) {
        state.withLock { state in state.entries.removeAll { $0.request === request } }
    }

    /// Refuses items from now on, and returns those that wait.
    func close() -> [Entry] {
        let rest = state.withLock { state in
            state.isClosed = true
            defer { state.entries = [] }
            return state.entries
        }
        arrivals.signal()
        return rest
    }

    /// Waits for items and takes the next batch. Nil once the queue is closed, or the consumer is no longer wanted. Blocks
    /// the calling thread.
    func next(while isWanted: () -> Bool) -> [Entry]? {
        while isWanted(), let batch = takeBatch() {
            if !batch.isEmpty {
                if depth > 0 { arrivals.signal() }
                return batch
            }
            state.withLock { $0.sleepers += 1 }
            arrivals.wait()
            state.withLock { $0.sleepers -= 1 }
        }
        // The signal may have been meant for another.
        arrivals.signal()
        return nil
    }

    /// Lets waiting consumers see whether they are still wanted.
    func wake() {
        arrivals.signal()
    }

    /// The next batch: the oldest item and the oldest others of its kind, up to the limits. Empty if nothing waits, nil once
    /// the queue is closed.
    func takeBatch() -> [Entry]? {
        state.withLock { state in state.isClosed ? nil : takeBatch(from: &state.entries) }
    }

    private func takeBatch(from entries: inout [Entry]) -> [Entry] {
        entries.removeAll { $0.request.isSettled }
        guard let first = entries.first?.input else { return [] }
        var batch: [Entry] = [], rest: [Entry] = []
        var tokens = 0, isFull = false
        for entry in entries {
            if entry.input.isText != first.isText {
                rest.append(entry)
                continue
            }
            tokens += entry.input.tokenCount
            let limit = first.isText ? limits.texts : limits.images
            // Items behind one that does not fit wait with it, or long texts would never get their turn.
            isFull = isFull || (!batch.isEmpty && (batch.count >= limit || tokens > limits.tokens))
            if isFull { rest.append(entry) } else { batch.append(entry) }
        }
        entries = rest
        return batch
    }
}
