import Synchronization
import Testing

@testable import Indices

@Suite struct ScheduledMaintenanceTests {
    @Test func changesShareOneRun() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: .seconds(3600)) { runs.increment() }
        for _ in 0..<10 { maintenance.noteChange() }
        #expect(runs.value == 0)
        await maintenance.run()
        #expect(runs.value == 1)
    }

    @Test func aChangeRunsByItself() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: .zero) { runs.increment() }
        await maintenance.waitForNext()
        #expect(runs.value >= 1)
    }

    @Test func withoutAnIntervalWaitingRuns() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: nil) { runs.increment() }
        maintenance.noteChange()
        #expect(runs.value == 0)
        await maintenance.waitForNext()
        #expect(runs.value == 1)
    }
}

private final class Counter: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }
    func increment() { count.withLock { $0 += 1 } }
}
