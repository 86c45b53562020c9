import Query
import Testing

@Suite struct MetricSummaryTests {
    @Test func valuesOfSeveralShards() {
        var first = MetricSummary(), second = MetricSummary()
        for value in [1.0, 2, 3] { first.add(value) }
        for value in [10.0, -4] { second.add(value) }
        first.merge(second)
        #expect(first.count == 5 && first.minimum == -4 && first.maximum == 10 && first.sum == 12 && first.mean == 2.4)
        #expect(abs((first.variance ?? 0) - 20.24) < 1e-9)
        #expect(MetricSummary().mean == nil && MetricSummary().value("min") == nil && MetricSummary().value("sum") == 0)
    }

    @Test func sumsLoseLittle() {
        var summary = MetricSummary()
        summary.add(1e16)
        for _ in 0..<10_000 { summary.add(1) }
        summary.add(-1e16)
        #expect(summary.sum == 10_000)
    }
}
