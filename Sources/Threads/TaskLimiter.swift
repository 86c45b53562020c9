internal import Synchronization

/// Lets so many tasks go on at a time; the others wait in the order in which they came.
public final class TaskLimiter: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
        /// How many of `waiting` have gone on already.
        var served = 0
    }

    private let state: Mutex<State>

    public init(_ limit: Int) {
        state = Mutex(State(free: max(1, limit)))
    }

    /// - Throws: what `body` throws.
    public func run<Value: Sendable>(_ body: () async throws -> Value) async rethrows -> Value {
        await enter()
        defer { leave() }
        return try await body()
    }

    private func enter() async {
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if goesOn { continuation.resume() }
        }
    }

    /// The place goes to the one who has waited longest.
    private func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.served < state.waiting.count else {
                (state.waiting, state.served) = ([], 0)
                state.free += 1
                return nil
            }
            defer { state.served += 1 }
            return state.waiting[state.served]
        }
        next?.resume()
    }
}
