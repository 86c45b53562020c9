import MatrixKernels
import Testing

@Suite struct MatrixRowsTests {
    @Test func meanMaximumSumAndCopy() throws {
        let matrix = try Matrix([1, -2, 3, 4, 5, -6], rows: 3, columns: 2)
        #expect(matrix.mean(of: 0..<2) == [2, 1])
        #expect(matrix.maximum(of: 0..<3) == [5, 4])
        #expect(matrix.maximum(of: 2..<3) == [5, -6])
        let other = try Matrix([10, 20], rows: 1, columns: 2)
        matrix.copy(row: 0, of: other, to: 2)
        #expect(matrix.row(2) == [10, 20])
    }

    @Test func unitLength() {
        var vector: [Float] = [3, 4]
        vector.normalise()
        #expect(vector == [0.6, 0.8])
        var zero: [Float] = [0, 0]
        zero.normalise()
        #expect(zero == [0, 0])
    }

    @Test(arguments: engines, [1, 7, 16, 1000])
    func softmaxSumsToOne(engine: MatrixEngine, count: Int) {
        var values = (0..<count).map { Float($0 % 5) }
        values.softmax(engine)
        #expect(abs(values.reduce(0, +) - 1) < 1e-5)
        if count >= 5 { #expect(abs(values[1] / values[0] - 2.7182817) < 1e-5) }
    }
}
