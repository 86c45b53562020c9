internal import Synchronization

/// One search that may go on by itself.
public final class AsyncSearch<Answer: Sendable>: Sendable {
    /// How far it is.
    public struct Status: Sendable {
        /// Milliseconds since 1970.
        public var expiry: Int64
        /// Milliseconds since 1970; nil while it runs.
        public var completion: Int64?
        /// Nil while it runs.
        public var outcome: Result<Answer, any Error>?
    }

    private struct State {
        var status: Status
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter = 0
        var cancellation: (@Sendable () -> Void)?
    }

    public let id: String
    /// Milliseconds since 1970.
    public let start: Int64
    private let state: Mutex<State>

    init(id: String, keepAlive: Duration, now: Int64) {
        self.id = id
        start = now
        state = Mutex(State(status: Status(expiry: now + Int64(keepAlive.wholeMilliseconds))))
    }

    public var status: Status { state.withLock { $0.status } }

    /// Waits until it has ended, but no longer than a time.
    public func wait(_ duration: Duration) async {
        await withCheckedContinuation { continuation in
            let number: Int? = state.withLock { state in
                if state.status.completion != nil { return nil }
                state.lastWaiter += 1
                state.waiters[state.lastWaiter] = continuation
                return state.lastWaiter
            }
            guard let number else { return continuation.resume() }
            Task {
                try? await Task.sleep(for: duration)
                self.state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
            }
        }
    }

    func end(_ outcome: Result<Answer, any Error>, at now: Int64) {
        let waiters = state.withLock { state in
            state.status.outcome = outcome
            state.status.completion = now
            defer { state.waiters = [:] }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiters { waiter.resume() }
    }

    func extend(_ keepAlive: Duration, from now: Int64) {
        state.withLock { $0.status.expiry = now + Int64(keepAlive.wholeMilliseconds) }
    }

    func onCancel(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.cancellation = body } }

    func cancel() { state.withLock { $0.cancellation }?() }
}
