internal import Synchronization

/// Items that were handed in together, and whoever waits for their vectors.
///
/// Settled once: by the last vector, by the first error, by the timeout, or by cancellation.
final class PendingRequest: Sendable {
    private struct State {
        var vectors: [[Float]?]
        var missing: Int
        var outcome: Result<[[Float]], InferenceError>?
        var waiter: CheckedContinuation<Result<[[Float]], InferenceError>, Never>?
    }

    let inputs: [EncoderInput]
    /// Where each item stands in what the caller was asked for, which errors name.
    let positions: [Int]
    private let state: Mutex<State>

    /// - Parameter positions: nil counts from 0.
    init(_ inputs: [EncoderInput], at positions: [Int]? = nil) {
        self.inputs = inputs
        self.positions = positions ?? Array(inputs.indices)
        state = Mutex(
            State(
                vectors: Array(repeating: nil, count: inputs.count), missing: inputs.count,
                outcome: inputs.isEmpty ? .success([]) : nil))
    }

    var isSettled: Bool { state.withLock { $0.outcome != nil } }

    /// The vectors in the order of the inputs. To be awaited once.
    func vectors() async -> Result<[[Float]], InferenceError> {
        await withCheckedContinuation { continuation in
            let outcome = state.withLock { state in
                if state.outcome == nil { state.waiter = continuation }
                return state.outcome
            }
            if let outcome { continuation.resume(returning: outcome) }
        }
    }

    func succeed(_ index: Int, with vector: [Float]) {
        settle { state in
            if state.vectors[index] == nil { state.missing -= 1 }
            state.vectors[index] = vector
            return state.missing == 0 ? .success(state.vectors.compactMap { $0 }) : nil
        }
    }

    /// - Returns: whether this error settled the request.
    @discardableResult
    func fail(_ error: InferenceError) -> Bool {
        settle { _ in .failure(error) }
    }

    @discardableResult
    private func settle(_ decide: (inout State) -> Result<[[Float]], InferenceError>?) -> Bool {
        let waiter: CheckedContinuation<Result<[[Float]], InferenceError>, Never>?
        let outcome: Result<[[Float]], InferenceError>?
        (waiter, outcome) = state.withLock { state in
            guard state.outcome == nil, let outcome = decide(&state) else { return (nil, nil) }
            state.outcome = outcome
            defer { state.waiter = nil }
            return (state.waiter, outcome)
        }
        if let outcome { waiter?.resume(returning: outcome) }
        return outcome != nil
    }
}
