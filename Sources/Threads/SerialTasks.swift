internal import Synchronization

/// Runs what it is given one after the other, in the order in which it came.
public final class SerialTasks: Sendable {
    private let last = Mutex<Task<Void, Never>?>(nil)

    public init() {}

    /// Returns what `body` returns, once all that came before it has ended; it runs to its end even if nobody waits any longer.
    public func run<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        let task = last.withLock { last in
            let previous = last
            let task = Task {
                await previous?.value
                return try await body()
            }
            last = Task { _ = await task.result }
            return task
        }
        return try await task.value
    }
}
