import JSON
import TestSupport
import Testing
import VectorIndex

@testable import VectorBenchmark

@Suite struct UpdatesBenchmarkTests {
    @Test(arguments: VectorBenchmark.Form.allCases)
    func updatesLoseNoRecall(form: VectorBenchmark.Form) throws {
        let folder = try TemporaryFolder()
        var benchmark = UpdatesBenchmark()
        benchmark.settings.form = form
        benchmark.share = 0.5
        benchmark.rounds = 3
        benchmark.repetitions = 1
        let result = try benchmark.run(
            base: VectorTable(madeUp: 2000, columns: 16, seed: 1), queries: VectorTable(madeUp: 50, columns: 16, seed: 2),
            directory: folder.path)
        #expect(result.rounds.count == 3 && result.fresh.recall > 0.95 && result.lostRecall < 0.02)
        let share: Double =
            switch form {
            case .growing: 0
            case .sealed: 1
            case .mixed: 0.7
            }
        #expect(result.fresh.sealedShare == share && result.sealed.sealedShare == 1)
        // A half of what is left dies in each round.
        if form == .sealed { #expect(result.rounds.allSatisfy { $0.sealedShare < 0.6 }) }
        #expect(result.fresh.busyQPS == nil && result.rounds.allSatisfy { $0.busyQPS != nil })
        let json = try #require(result.json.object)
        #expect(
            json.map(\.key) == [
                "form", "fresh", "rounds", "sealed", "lost_recall", "remaining_during_writes", "remaining_during_sealing",
            ])
        #expect(json["fresh"]?.object?.map(\.key) == ["recall", "qps_idle", "sealed_share"])
    }

    @Test func comparesWithBeforeAndAfter() {
        func round(_ recall: Double, _ idle: Double, _ busy: Double?) -> UpdatesBenchmarkResult.Round {
            .init(recall: recall, idleQPS: idle, busyQPS: busy, writesPerSecond: nil, sealedShare: 0)
        }
        let result = UpdatesBenchmarkResult(
            form: .growing, fresh: round(0.98, 100, nil), rounds: [round(0.97, 200, 120), round(0.975, 200, 140)],
            sealed: round(0.99, 300, 150))
        #expect(abs(result.lostRecall - 0.01) < 1e-9)
        #expect(result.remainingDuringWrites == 0.7 && result.remainingDuringSealing == 0.75)
    }
}
