import Synchronization
import Testing

@testable import Threads

@Suite struct TaskLimiterTests {
    @Test(arguments: [1, 3]) func soManyRunAtATime(_ limit: Int) async throws {
        let limiter = TaskLimiter(limit), running = Running()
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 1...50 {
                group.addTask {
                    await limiter.run {
                        #expect(running.begin() <= limit)
                        await Task.yield()
                        running.end()
                        return number
                    }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(sum == 1275)
    }

    @Test func aFailureDoesNotHoldUpWhatFollows() async throws {
        let limiter = TaskLimiter(1)
        await #expect(throws: CancellationError.self) { try await limiter.run { throw CancellationError() } as Int }
        #expect(await limiter.run { 7 } == 7)
    }
}

private final class Running: Sendable {
    private let count = Mutex(0)
    func begin() -> Int { count.withLock { $0 += 1; return $0 } }
    func end() { count.withLock { $0 -= 1 } }
}
