import MatrixKernels
import TestSupport
import Testing

@Suite struct LayerNormTests {
    @Test(arguments: engines, [1, 3, 16, 47, 768])
    func agreesWithTheDefinition(engine: MatrixEngine, width: Int) throws {
        var random = SeededGenerator(seed: 4)
        let rows = 33
        let input = random.floats(rows * width, in: -3...5)
        let (weight, bias) = (random.floats(width), random.floats(width))
        let norm = LayerNorm(engine, weight: weight, bias: bias, epsilon: 1e-5)
        let matrix = try Matrix(input, rows: rows, columns: width)
        var exact: [Double] = []
        for row in 0..<rows {
            let x = input[(row * width)..<((row + 1) * width)].map(Double.init)
            let mean = x.reduce(0, +) / Double(width)
            let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
            for i in 0..<width {
                exact.append((x[i] - mean) / (variance + 1e-5).squareRoot() * Double(weight[i]) + Double(bias[i]))
            }
        }
        let output = try Matrix(rows: rows, columns: width)
        norm(matrix, into: output)
        #expect(largestDifference(output.elements, exact) < 1e-4)
        norm(matrix, into: matrix)
        #expect(matrix.elements == output.elements)
    }
}
