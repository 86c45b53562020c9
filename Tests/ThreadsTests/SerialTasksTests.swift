import Synchronization
import Testing

@testable import Threads

@Suite struct SerialTasksTests {
    @Test func oneRunsAtATime() async throws {
        let tasks = SerialTasks(), running = Running()
        let sum = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 1...50 {
                group.addTask {
                    try await tasks.run {
                        #expect(running.begin() == 1)
                        await Task.yield()
                        running.end()
                        return number
                    }
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(sum == 1275)
    }

    @Test func aFailureDoesNotHoldUpWhatFollows() async throws {
        let tasks = SerialTasks()
        await #expect(throws: CancellationError.self) { try await tasks.run { throw CancellationError() } as Int }
        #expect(try await tasks.run { 7 } == 7)
    }
}

private final class Running: Sendable {
    private let count = Mutex(0)
    func begin() -> Int { count.withLock { $0 += 1; return $0 } }
    func end() { count.withLock { $0 -= 1 } }
}
