import Testing

@testable import Query

@Suite struct TTestSummaryTests {
    private func summary(_ first: [Double], _ second: [Double]) -> TTestSummary {
        var summary = TTestSummary()
        first.forEach { summary.first.add($0) }
        second.forEach { summary.second.add($0) }
        return summary
    }

    private func isNear(_ value: Double?, _ expected: Double) -> Bool { value.map { abs($0 / expected - 1) < 1e-12 } ?? false }

    /// Values of Elasticsearch's documentation of its own tests: single precision, as dynamic mapping has it.
    @Test func asElasticsearchComputes() {
        func single(_ values: [Double]) -> [Double] { values.map { Double(Float($0)) } }
        let (v1, v2) = (single([15.2, 15.3, 16, 15.1]), single([15.9, 15.9, 15.2, 15.5]))
        #expect(isNear(summary(v1, v2).probability(.heteroscedastic, tails: 2), 0.43066659210472646))
        #expect(isNear(summary(zip(v1, v2).map { $0 - $1 }, []).probability(.paired, tails: 2), 0.5632529432617406))
        #expect(isNear(summary(Array(v1[..<2]), Array(v1[2...])).probability(.homoscedastic, tails: 2), 0.5757355806262943))
    }

    @Test func distribution() {
        // One degree of freedom: Cauchy's; two: 1/2 - t/(2·s) with s = sqrt(2 + t²), written without a difference.
        for t in [0.1, 1.0, 7.5, 300] {
            let s = (2 + t * t).squareRoot()
            #expect(isNear(StudentDistribution(degrees: 2).probability(below: -t), 1 / (s * (s + t))))
        }
        #expect(isNear(StudentDistribution(degrees: 1).probability(below: -1), 0.25))
        #expect(StudentDistribution(degrees: 5).probability(below: 0) == 0.5)
    }

    @Test func tailsAndTooFew() {
        let some = summary([1, 2, 3], [4, 5, 7])
        #expect(isNear(some.probability(.homoscedastic, tails: 1).map { $0 * 2 }, some.probability(.homoscedastic, tails: 2) ?? 0))
        #expect(summary([1], [1, 2]).probability(.heteroscedastic, tails: 2) == nil)
        #expect(summary([1], []).probability(.paired, tails: 2) == nil)
        #expect(summary([1, 1], [1, 1]).probability(.heteroscedastic, tails: 2) == nil)
        #expect(summary([1, 1], [2, 2]).probability(.heteroscedastic, tails: 2) == 0)
    }

    @Test func shardsTogether() {
        var merged = summary([1, 4], [2])
        merged.merge(summary([2], [3, 9]))
        #expect(isNear(merged.probability(.heteroscedastic, tails: 2), summary([1, 4, 2], [2, 3, 9]).probability(.heteroscedastic, tails: 2) ?? 0))
    }
}
