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
        /// Of the answer; 0 where there is none.
        var weight = 0
    }

    /// One that waits, and what ends it when the time is over.
    private struct Waiter {
        var continuation: CheckedContinuation<Void, Never>
        var timer: Task<Void, Never>
    }

    private struct State {
        var status: Status
        var waiters: [Int: Waiter] = [:]
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
        await wait { try? await Task.sleep(for: duration) }
    }

    /// - Parameter sleep: returns when the time is over, or its task is cancelled.
    func wait(_ sleep: @escaping @Sendable () async -> Void) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.status.completion != nil { return true }
                state.lastWaiter += 1
                let number = state.lastWaiter
                // Whoever goes on must not be kept, with an answer, until the time is over.
                let timer = Task { [weak self] in
                    await sleep()
                    self?.resume(number)
                }
                state.waiters[number] = Waiter(continuation: continuation, timer: timer)
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func resume(_ number: Int) {
        state.withLock { $0.waiters.removeValue(forKey: number) }?.continuation.resume()
    }

    func end(_ outcome: Result<Answer, any Error>, at now: Int64, weight: Int = 0) {
        let waiters = state.withLock { state in
            state.status.outcome = outcome
            state.status.completion = now
            state.status.weight = weight
            defer { state.waiters = [:] }
            return state.waiters.values.map { $0 }
        }
        for waiter in waiters {
            waiter.timer.cancel()
            waiter.continuation.resume()
        }
    }

    func extend(_ keepAlive: Duration, from now: Int64) {
        state.withLock { $0.status.expiry = now + Int64(keepAlive.wholeMilliseconds) }
    }

    func onCancel(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.cancellation = body } }

    func cancel() { state.withLock { $0.cancellation }?() }
}
