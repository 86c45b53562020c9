internal import Synchronization

/// Runs an action some time after the first change, once for all changes until then: refreshes and flushes.
final class ScheduledMaintenance: Sendable {
    private struct State {
        /// Nil runs the action only when asked.
        var interval: Duration?
        var isScheduled = false
        var waiters: [CheckedContinuation<Void, Never>] = []
        var running = 0
        var isStopped = false
        /// Who waits for the last run to end.
        var stopping: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>
    private let action: @Sendable () async -> Bool

    /// - Parameters:
    ///   - interval: nil runs the action only when asked (`run`).
    ///   - action: returns whether there is more to do, without another change.
    init(interval: Duration?, action: @escaping @Sendable () async -> Bool) {
        state = Mutex(State(interval: interval))
        self.action = action
    }

    /// Counts from the next change on.
    func setInterval(_ interval: Duration?) {
        state.withLock { $0.interval = interval }
    }

    /// Tells that there is something to do.
    func noteChange() {
        let interval = state.withLock { state -> Duration? in
            guard let interval = state.interval, !state.isScheduled, !state.isStopped else { return nil }
            state.isScheduled = true
            return interval
        }
        guard let interval else { return }
        Task { [weak self] in
            try? await Task.sleep(for: interval)
            await self?.run()
        }
    }

    /// Returns after the action has run once from now on; runs it at once if it would never run by itself.
    func waitForNext() async {
        if state.withLock({ $0.interval == nil }) { return await run() }
        await withCheckedContinuation { continuation in
            let isStopped = state.withLock { state in
                if !state.isStopped { state.waiters.append(continuation) }
                return state.isStopped
            }
            if isStopped { continuation.resume() } else { noteChange() }
        }
    }

    /// Runs the action now, for all who wait for it.
    func run() async {
        let (waiters, isStopped) = state.withLock { state in
            state.isScheduled = false
            let waiters = state.waiters
            state.waiters = []
            if !state.isStopped { state.running += 1 }
            return (waiters, state.isStopped)
        }
        if !isStopped {
            if await action() { noteChange() }
            finishRun()
        }
        for waiter in waiters { waiter.resume() }
    }

    private func finishRun() {
        let stopping = state.withLock { state in
            state.running -= 1
            guard state.running == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.stopping = [] }
            return state.stopping
        }
        for waiter in stopping { waiter.resume() }
    }

    /// Returns when no action runs, and none will: what it works on may be closed.
    func stop() async {
        await withCheckedContinuation { continuation in
            let (waiters, isIdle) = state.withLock { state in
                state.isStopped = true
                defer { state.waiters = [] }
                if state.running > 0 { state.stopping.append(continuation) }
                return (state.waiters, state.running == 0)
            }
            for waiter in waiters { waiter.resume() }
            if isIdle { continuation.resume() }
        }
    }
}
