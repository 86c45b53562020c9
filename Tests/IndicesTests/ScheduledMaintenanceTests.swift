import Synchronization
import Testing

@testable import Indices

@Suite struct ScheduledMaintenanceTests {
    @Test func changesShareOneRun() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: .seconds(3600)) {
            runs.increment()
            return false
        }
        for _ in 0..<10 { maintenance.noteChange() }
        #expect(runs.value == 0)
        await maintenance.run()
        #expect(runs.value == 1)
    }

    @Test func aChangeRunsByItself() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: .zero) {
            runs.increment()
            return false
        }
        await maintenance.waitForNext()
        #expect(runs.value >= 1)
    }

    @Test func whatHasMoreToDoRunsAgain() async {
        let runs = Counter()
        let (finished, finish) = AsyncStream<Void>.makeStream()
        let maintenance = ScheduledMaintenance(interval: .zero) {
            runs.increment()
            if runs.value == 3 { finish.finish() }
            return runs.value < 3
        }
        maintenance.noteChange()
        for await _ in finished {}
        #expect(runs.value == 3)
    }

    @Test func stoppingWaitsForTheRunThatIsOn() async {
        let (started, start) = AsyncStream<Void>.makeStream(), (goOn, end) = AsyncStream<Void>.makeStream()
        let runs = Counter(), stops = Counter()
        let maintenance = ScheduledMaintenance(interval: .seconds(3600)) {
            start.finish()
            for await _ in goOn {}
            // Time enough for a stop that would not wait.
            for _ in 0..<1000 { await Task.yield() }
            #expect(stops.value == 0)
            runs.increment()
            return true
        }
        async let run: Void = maintenance.run()
        for await _ in started {}
        async let waiting: Void = maintenance.waitForNext()
        async let stop: Void = {
            await maintenance.stop()
            stops.increment()
        }()
        end.finish()
        _ = await (run, waiting, stop)
        #expect(runs.value == 1)
        await maintenance.run()
        await maintenance.waitForNext()
        #expect(runs.value == 1)
    }

    @Test func withoutAnIntervalWaitingRuns() async {
        let runs = Counter()
        let maintenance = ScheduledMaintenance(interval: nil) {
            runs.increment()
            return false
        }
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
