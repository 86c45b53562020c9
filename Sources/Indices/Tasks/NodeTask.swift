public import Foundation
internal import Synchronization

/// Something that a node does for longer than a request may wait.
public final class NodeTask: Sendable {
    /// What came of it.
    public enum Outcome: Sendable {
        case byQuery(ByQueryResult)
        case shards(ShardCounts)
        case failure(any Error)
    }

    private struct State {
        var isCancelled = false
        var outcome: Outcome?
        var end: ContinuousClock.Instant?
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// The pause that the task makes, to be ended early.
        var pause: Task<Void, any Error>?
    }

    public let id: TaskID
    /// Elasticsearch's name of what is done: `indices:data/write/reindex`.
    public let action: String
    public let detail: String
    public let isCancellable: Bool
    public let start = Date()
    /// How far a task by query is.
    public let progress: ByQueryProgress?
    private let began = ContinuousClock.now
    private let state = Mutex(State())

    init(id: TaskID, action: String, detail: String, isCancellable: Bool, progress: ByQueryProgress?) {
        self.id = id
        self.action = action
        self.detail = detail
        self.isCancellable = isCancellable
        self.progress = progress
    }

    public var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Nil while it runs.
    public var outcome: Outcome? { state.withLock { $0.outcome } }

    public var runningTime: Duration { (state.withLock { $0.end } ?? .now) - began }

    /// Asks the task to end at the next good moment.
    public func cancel() {
        guard isCancellable else { return }
        state.withLock { state in
            state.isCancelled = true
            state.pause?.cancel()
        }
    }

    /// Pauses, unless the task is cancelled meanwhile, or before, or hurried on.
    ///
    /// - Returns: how long it was.
    func pause(for duration: Duration) async -> Duration {
        let start = ContinuousClock.now
        let pause = state.withLock { state -> Task<Void, any Error>? in
            if state.isCancelled { return nil }
            let pause = Task { try await Task.sleep(for: duration) }
            state.pause = pause
            return pause
        }
        _ = await pause?.result
        state.withLock { $0.pause = nil }
        return start.duration(to: .now)
    }

    /// Ends a pause.
    public func hurry() {
        state.withLock { $0.pause?.cancel() }
    }

    func finish(_ outcome: Outcome) {
        let waiters = state.withLock { state in
            state.outcome = outcome
            state.end = .now
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Returns when the task has ended.
    public func wait() async {
        await withCheckedContinuation { continuation in
            let hasEnded = state.withLock { state in
                if state.outcome == nil { state.waiters.append(continuation) }
                return state.outcome != nil
            }
            if hasEnded { continuation.resume() }
        }
    }

    /// Returns when the task has ended, or after this time.
    ///
    /// - Returns: whether it has ended.
    public func wait(atMost duration: Duration) async -> Bool {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                // A waiter cannot be cancelled: it looks again and again, ever more slowly.
                var interval = Duration.milliseconds(1)
                while self.outcome == nil, !Task.isCancelled {
                    try? await Task.sleep(for: interval)
                    interval = min(interval * 2, .milliseconds(100))
                }
            }
            group.addTask { try? await Task.sleep(for: duration) }
            await group.next()
            group.cancelAll()
        }
        return outcome != nil
    }
}
