import Synchronization
import Testing
import Threads

@Suite(.timeLimit(.minutes(10))) struct BlockingPoolTests {
    @Test func runsEverything() async {
        let pool = BlockingPool(threads: 2, name: "test")
        let sum = await withTaskGroup(of: Int.self) { group in
            for number in 0..<100 { group.addTask { await pool.run { number } } }
            return await group.reduce(0, +)
        }
        #expect(sum == 4950)
    }

    @Test func hasAThreadAProcessorByDefault() {
        #expect(BlockingPool(threads: nil, name: "test").threads >= 2)
    }

    @Test func hasAtLeastOneThread() async {
        #expect(await BlockingPool(threads: 0, name: "test").run { 5 } == 5)
    }
}
