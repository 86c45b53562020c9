import Testing

@testable import Query

@Suite struct MatrixSummaryTests {
    private let rows = [[1.0, 10], [2, 20], [3, 10], [1, 10], [2, 20], [3, 10]]

    @Test func momentsAreThoseOfTheFormulas() throws {
        var summary = MatrixSummary(variables: 2)
        for row in rows { summary.add(row) }
        #expect(summary.count == 6)
        #expect(abs(summary.means[0] - 2) < 1e-12 && abs(summary.means[1] - 40.0 / 3) < 1e-12)
        let variance = try #require(summary.variance(0)), covariance = try #require(summary.covariance(0, 1))
        #expect(abs(variance - 0.8) < 1e-12 && abs(covariance) < 1e-12)
        #expect(abs(summary.kurtosis(0) - 1.5) < 1e-12)
        #expect(abs(summary.skewness(1) - 0.5.squareRoot()) < 1e-12)
        #expect(summary.correlation(1, 1) == 1)
    }

    @Test func partsMakeTheSame() throws {
        let rows = (0..<50).map { (number: Int) -> [Double] in
            [Double(number * number % 17), Double(number % 7), Double(number)]
        }
        var whole = MatrixSummary(variables: 3), left = whole, right = whole
        for (index, row) in rows.enumerated() {
            whole.add(row)
            if index < 13 { left.add(row) } else { right.add(row) }
        }
        left.merge(right)
        for index in 0..<3 {
            #expect(abs(left.skewness(index) - whole.skewness(index)) < 1e-9 && abs(left.kurtosis(index) - whole.kurtosis(index)) < 1e-9)
            #expect(abs(left.correlation(index, 2) - whole.correlation(index, 2)) < 1e-9)
        }
        left.merge(MatrixSummary(variables: 3))
        #expect(left.count == 50)
    }
}
