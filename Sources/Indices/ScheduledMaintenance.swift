internal import Synchronization

/// Runs an action some time after the first change, once for all changes until then: refreshes and flushes.
final class ScheduledMaintenance: Sendable {
    private struct State {
        /// Nil runs the action only when asked.
        var interval: Duration?
        var isScheduled = false
        var waiters: [CheckedContinuation<Void, Never>] = []
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
            guard let interval = state.interval, !state.isScheduled else { return nil }
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
            state.withLock { $0.waiters.append(continuation) }
            noteChange()
        }
    }

    /// Runs the action now, for all who wait for it.
    func run() async {
        let waiters = state.withLock { state in
            state.isScheduled = false
            let waiters = state.waiters
            state.waiters = []
            return waiters
        }
        if await action() { noteChange() }
        for waiter in waiters { waiter.resume() }
    }
}
