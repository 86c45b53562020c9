import Testing

@testable import Indices

@Suite struct TaskRegistryTests {
    private struct Failure: Error {}

    @Test func outcomesOfStartedTasksAreKept() async throws {
        let tasks = TaskRegistry(nodeID: "n")
        let value = try await tasks.run("a", "waited for", outcome: { .shards(.init(total: $0)) }) { task in
            #expect(tasks.running.map(\.id) == [task.id])
            return 3
        }
        #expect(value == 3)
        #expect(tasks[TaskID(nodeID: "n", number: 1)] == nil)
        let task = tasks.start("b", "started") { _ in .shards(.init(total: 1)) }
        await task.wait()
        #expect(await task.wait(atMost: .zero))
        #expect(tasks[task.id] === task && tasks.running.isEmpty)
        #expect(tasks[TaskID(nodeID: "other", number: task.id.number)] == nil)
        let failing = tasks.start("c", "fails") { _ in throw Failure() }
        await failing.wait()
        guard case .failure(let error) = failing.outcome else {
            Issue.record("no failure")
            return
        }
        #expect(error is Failure)
        await #expect(throws: Failure.self) {
            try await tasks.run("d", "", outcome: { (_: Int) in .shards(.init(total: 0)) }) { _ in throw Failure() }
        }
    }

    @Test func oldestOutcomesGoFirst() async {
        let tasks = TaskRegistry(nodeID: "n")
        var first: NodeTask?
        for _ in 0...TaskRegistry.keptOutcomes {
            let task = tasks.start("a", "") { _ in .shards(.init(total: 0)) }
            await task.wait()
            first = first ?? task
        }
        #expect(first.flatMap { tasks[$0.id] } == nil)
        #expect(tasks[TaskID(nodeID: "n", number: 2)] != nil)
    }

    @Test(.timeLimit(.minutes(10))) func pausesEndWhenTasksAreCancelled() async {
        let tasks = TaskRegistry(nodeID: "n")
        let task = tasks.start("a", "") { task in
            _ = await task.pause(for: .seconds(3600))
            return .shards(.init(total: task.isCancelled ? 1 : 0))
        }
        #expect(await !task.wait(atMost: .zero))
        await tasks.cancelAll()
        guard case .shards(let counts) = task.outcome else { return }
        #expect(counts.total == 1)
    }

    @Test(arguments: [("n:1", TaskID(nodeID: "n", number: 1)), ("a:b:2", TaskID(nodeID: "a:b", number: 2)), ("n", nil), ("n:x", nil), ("n:-1", nil)])
    func ids(_ text: String, _ id: TaskID?) {
        #expect(TaskID(text) == id)
        if let id { #expect(id.description == text) }
    }
}
