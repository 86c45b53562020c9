import Testing

@testable import Query

@Suite struct StudentDistributionTests {
    private func isNear(_ value: Double, _ expected: Double) -> Bool { abs(value / expected - 1) < 1e-12 }

    @Test func distribution() {
        // One degree of freedom: Cauchy's; two: 1/2 - t/(2·s) with s = sqrt(2 + t²), written without a difference.
        for t in [0.1, 1.0, 7.5, 300] {
            let s = (2 + t * t).squareRoot()
            #expect(isNear(StudentDistribution(degrees: 2).probability(below: -t), 1 / (s * (s + t))))
        }
        #expect(isNear(StudentDistribution(degrees: 1).probability(below: -1), 0.25))
        #expect(StudentDistribution(degrees: 5).probability(below: 0) == 0.5)
    }
}
