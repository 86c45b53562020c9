import Shards
import Testing

@testable import Indices

@Suite struct RolloverTests {
    private func condition(_ measure: Rollover.Measure, _ isUpperBound: Bool, _ bound: Int) -> Rollover.Condition {
        .init(measure: measure, isUpperBound: isUpperBound, text: "", bound: bound)
    }

    @Test func oneUpperBoundIsEnoughAndAllLowerOnesCount() {
        let rollover = Rollover(alias: "a", newIndex: nil, conditions: [], isDryRun: true)
        let most = condition(.documents, true, 1), least = condition(.age, false, 1)
        for (results, isDue) in [
            ([], true), ([(most, false)], false), ([(most, false), (most, true)], true), ([(most, true), (least, false)], false),
            ([(most, true), (least, true)], true),
        ] {
            #expect(rollover.isDue(results) == isDue)
        }
    }

    @Test func whatIsCompared() async throws {
        let node = try await TestNode()
        try await node.createIndex("i", settings: #"{"number_of_shards":2}"#)
        for number in 0..<9 { try await node.index("i", "\(number)", "{}") }
        let statistics = try #require(try node.registry.statistics(.all).first)
        let rollover = Rollover(alias: "a", newIndex: nil, conditions: [], isDryRun: true)
        let created = Int64(statistics.metadata.creationMilliseconds)
        let largest = statistics.shards.map(\.documents).max() ?? 0
        for (measure, value) in [
            (.age, 1000), (.documents, 9), (.size, statistics.storeBytes), (.primaryShardDocuments, largest),
            (.primaryShardSize, statistics.shards.map(\.storeBytes).max() ?? 0),
        ] as [(Rollover.Measure, Int)] {
            #expect(rollover.holds(condition(measure, true, value), for: statistics, now: created + 1000), "\(measure)")
            #expect(!rollover.holds(condition(measure, true, value + 1), for: statistics, now: created + 1000), "\(measure)")
        }
    }
}
