internal import Synchronization

/// The tasks of a node: those that run, and for a while what came of those that nobody waited for.
public final class TaskRegistry: Sendable {
    /// Outcomes that are kept; the oldest goes first.
    static let keptOutcomes = 1000

    private struct State {
        var lastNumber = 0
        var running: [Int: NodeTask] = [:]
        var finished: [Int: NodeTask] = [:]
        /// Numbers of the finished, oldest first; gaps are passed over.
        var order: [Int] = []
    }

    public let nodeID: String
    private let state = Mutex(State())

    init(nodeID: String) {
        self.nodeID = nodeID
    }

    /// In the order in which they began.
    public var running: [NodeTask] { state.withLock { $0.running.values.sorted { $0.id.number < $1.id.number } } }

    /// A task that runs or whose outcome is kept.
    public subscript(id: TaskID) -> NodeTask? {
        guard id.nodeID == nodeID else { return nil }
        return state.withLock { $0.running[id.number] ?? $0.finished[id.number] }
    }

    /// Runs something as a task, and waits for it.
    ///
    /// - Throws: what `body` throws.
    public func run<Value: Sendable>(
        _ action: String, _ detail: String, isCancellable: Bool = true, progress: ByQueryProgress? = nil,
        outcome: (Value) -> NodeTask.Outcome, _ body: (NodeTask) async throws -> Value
    ) async throws -> Value {
        let task = add(action, detail, isCancellable, progress)
        do {
            let value = try await body(task)
            end(task, outcome(value), isKept: false)
            return value
        } catch {
            end(task, .failure(error), isKept: false)
            throw error
        }
    }

    /// Starts something as a task; its outcome is kept.
    public func start(
        _ action: String, _ detail: String, isCancellable: Bool = true, progress: ByQueryProgress? = nil,
        _ body: @escaping @Sendable (NodeTask) async throws -> NodeTask.Outcome
    ) -> NodeTask {
        let task = add(action, detail, isCancellable, progress)
        Task {
            do {
                end(task, try await body(task), isKept: true)
            } catch {
                end(task, .failure(error), isKept: true)
            }
        }
        return task
    }

    /// Cancels all that can be, and returns when these have ended.
    func cancelAll() async {
        let tasks = running.filter(\.isCancellable)
        for task in tasks { task.cancel() }
        for task in tasks { await task.wait() }
    }

    private func add(_ action: String, _ detail: String, _ isCancellable: Bool, _ progress: ByQueryProgress?) -> NodeTask {
        state.withLock { state in
            state.lastNumber += 1
            let task = NodeTask(
                id: TaskID(nodeID: nodeID, number: state.lastNumber), action: action, detail: detail,
                isCancellable: isCancellable, progress: progress)
            state.running[task.id.number] = task
            return task
        }
    }

    private func end(_ task: NodeTask, _ outcome: NodeTask.Outcome, isKept: Bool) {
        let number = task.id.number
        state.withLock { state in
            state.running[number] = nil
            guard isKept else { return }
            state.finished[number] = task
            state.order.append(number)
            if state.order.count > Self.keptOutcomes { state.finished[state.order.removeFirst()] = nil }
        }
        task.finish(outcome)
    }
}
