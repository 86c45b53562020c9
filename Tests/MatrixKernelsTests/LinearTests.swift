import Glibc
import MatrixKernels
import TestSupport
import Testing

@Suite struct LinearTests {
    struct Shape: CustomTestStringConvertible {
        let rows: Int, outputs: Int, inputs: Int
        var testDescription: String { "\(rows)×\(outputs)×\(inputs)" }
    }

    /// Sizes that hit every tail: rows of the register tile, columns of a panel, blocks of the inner dimension.
    static let shapes = [
        Shape(rows: 1, outputs: 1, inputs: 1), Shape(rows: 2, outputs: 17, inputs: 3),
        Shape(rows: 5, outputs: 16, inputs: 64), Shape(rows: 7, outputs: 24, inputs: 27),
        Shape(rows: 13, outputs: 33, inputs: 257), Shape(rows: 50, outputs: 65, inputs: 129),
        Shape(rows: 150, outputs: 40, inputs: 1100), Shape(rows: 301, outputs: 12, inputs: 512),
        Shape(rows: 11, outputs: 70, inputs: 385), Shape(rows: 25, outputs: 33, inputs: 2305),
    ]

    static func reference(
        _ input: [Float], _ weights: [Float], _ bias: [Float]?, _ shape: Shape, _ activation: Activation
    ) -> [Double] {
        var output: [Double] = []
        for row in 0..<shape.rows {
            for column in 0..<shape.outputs {
                var sum = Double(bias?[column] ?? 0)
                for i in 0..<shape.inputs {
                    sum += Double(input[row * shape.inputs + i]) * Double(weights[column * shape.inputs + i])
                }
                output.append(ActivationTests.exact(activation, sum))
            }
        }
        return output
    }

    /// How far the output may be from the definition's, in proportion to its size: the roundings of inputs and weights.
    static func tolerance(_ precision: Precision) -> Double {
        switch precision {
        case .f32: 1e-6
        case .bf16: 4e-3
        case .int8: 1.2e-2
        }
    }

    @Test(arguments: engines, Precision.allCases)
    func everyPrecisionIsAsGoodAsItsRounding(engine: MatrixEngine, precision: Precision) throws {
        for shape in Self.shapes {
            var random = SeededGenerator(seed: 4)
            let input = random.floats(shape.rows * shape.inputs, in: -1...3)
            let weights = random.floats(shape.outputs * shape.inputs)
            let bias = random.floats(shape.outputs)
            let linear = try Linear(
                engine, precision, weights: weights, bias: bias, outputs: shape.outputs, inputs: shape.inputs)
            let matrix = try Matrix(input, rows: shape.rows, columns: shape.inputs)
            let output = try Matrix(rows: shape.rows, columns: shape.outputs)
            let exact = Self.reference(input, weights, bias, shape, .none)
            let size = exact.reduce(0) { $0 + $1 * $1 }.squareRoot()
            let sum = try Matrix(rows: shape.rows, columns: shape.outputs)
            try linear(matrix, into: output)
            try linear.add(matrix, to: sum)
            for found in [output.elements, sum.elements] {
                let error = zip(found, exact).reduce(0) { $0 + (Double($1.0) - $1.1) * (Double($1.0) - $1.1) }
                #expect(error.squareRoot() < Self.tolerance(precision) * size, "\(shape)")
            }
        }
    }

    /// An 8-bit layer with outliers in one block of its inputs is as exact in the others.
    @Test(arguments: engines)
    func anOutlierSpoilsItsBlockAlone(engine: MatrixEngine) throws {
        var random = SeededGenerator(seed: 6)
        let block = 384
        var input = random.floats(2 * block)
        let weights = random.floats(16 * block).enumerated().map { $0.offset % (2 * block) < block ? 0 : $0.element }
        let linear = try Linear(engine, .int8, weights: weights, bias: nil, outputs: 8, inputs: 2 * block)
        let output = try Matrix(rows: 1, columns: 8)
        try linear(Matrix(input, rows: 1, columns: 2 * block), into: output)
        let before = output.elements
        input[3] = 1e6
        try linear(Matrix(input, rows: 1, columns: 2 * block), into: output)
        #expect(output.elements == before)
    }

    /// What is not a number stays that, and harms no other row.
    @Test(arguments: engines, Precision.allCases)
    func strangeNumbersHarmTheirRowAlone(engine: MatrixEngine, precision: Precision) throws {
        var random = SeededGenerator(seed: 7)
        let weights = random.floats(24 * 300), input = random.floats(3 * 300)
        let linear = try Linear(engine, precision, weights: weights, bias: nil, outputs: 24, inputs: 300)
        let output = try Matrix(rows: 3, columns: 24)
        try linear(Matrix(input, rows: 3, columns: 300), into: output)
        let before = output.elements
        for strange in [Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude] {
            var changed = input
            changed[310] = strange
            try linear(Matrix(changed, rows: 3, columns: 300), into: output)
            #expect(output.row(0) + output.row(2) == Array(before[..<24] + before[48...]))
        }
    }

    @Test(arguments: engines, shapes)
    func agreesWithTheDefinition(engine: MatrixEngine, shape: Shape) throws {
        var random = SeededGenerator(seed: 1)
        let input = random.floats(shape.rows * shape.inputs)
        let weights = random.floats(shape.outputs * shape.inputs)
        let bias = random.floats(shape.outputs)
        for bias in [bias, nil] {
            let linear = try Linear(engine, weights: weights, bias: bias, outputs: shape.outputs, inputs: shape.inputs)
            let matrix = try Matrix(input, rows: shape.rows, columns: shape.inputs)
            let output = try Matrix(rows: shape.rows, columns: shape.outputs)
            for activation in [Activation.none, .quickGELU, .relu6] {
                try linear(matrix, into: output, activation: activation)
                let exact = Self.reference(input, weights, bias, shape, activation)
                #expect(largestDifference(output.elements, exact) < 2e-6 * Double(shape.inputs) + 1e-6)
            }
        }
    }

    @Test(arguments: engines)
    func addsToWhatIsThere(engine: MatrixEngine) throws {
        let shape = Shape(rows: 9, outputs: 37, inputs: 300)
        var random = SeededGenerator(seed: 2)
        let input = random.floats(shape.rows * shape.inputs)
        let weights = random.floats(shape.outputs * shape.inputs)
        let bias = random.floats(shape.outputs)
        let residual = random.floats(shape.rows * shape.outputs)
        let linear = try Linear(engine, weights: weights, bias: bias, outputs: shape.outputs, inputs: shape.inputs)
        let output = try Matrix(residual, rows: shape.rows, columns: shape.outputs)
        try linear.add(Matrix(input, rows: shape.rows, columns: shape.inputs), to: output)
        let product = Self.reference(input, weights, bias, shape, .none)
        let exact = zip(product, residual).map { $0 + Double($1) }
        #expect(largestDifference(output.elements, exact) < 1e-4)
    }

    /// The same as a normalisation into a matrix of its own, to the last bit.
    @Test(arguments: engines, Precision.allCases)
    func normalisesItsInput(engine: MatrixEngine, precision: Precision) throws {
        var random = SeededGenerator(seed: 8)
        for (rows, inputs) in [(1, 5), (9, 385), (50, 768)] {
            let weights = random.floats(33 * inputs), gains = random.floats(inputs), shifts = random.floats(inputs)
            let linear = try Linear(engine, precision, weights: weights, bias: nil, outputs: 33, inputs: inputs)
            let norm = LayerNorm(engine, weight: gains, bias: shifts, epsilon: 1e-5)
            let input = try Matrix(random.floats(rows * inputs, in: -2...3), rows: rows, columns: inputs)
            let normed = try Matrix(rows: rows, columns: inputs), before = input.elements
            let expected = try Matrix(rows: rows, columns: 33), output = try Matrix(rows: rows, columns: 33)
            norm(input, into: normed)
            try linear(normed, into: expected, activation: .gelu)
            try linear(input, normalisedBy: norm, into: output, activation: .gelu)
            #expect(output.elements == expected.elements)
            #expect(input.elements == before)
        }
    }

    /// Neither the number of threads nor what they did before shows in the output.
    @Test(arguments: InstructionSet.available, Precision.allCases)
    func threadsChangeNothing(set: InstructionSet, precision: Precision) throws {
        var random = SeededGenerator(seed: 9)
        let weights = random.floats(200 * 500)
        for rows in [1, 12, 50, 400] {
            let inputs = try (0..<2).map { _ in try Matrix(random.floats(rows * 500), rows: rows, columns: 500) }
            var expected: [[Float]] = []
            for threads in [1, 2, 5] {
                let engine = MatrixEngine(threads: threads, instructionSet: set)
                let linear = try Linear(engine, precision, weights: weights, bias: nil, outputs: 200, inputs: 500)
                let output = try Matrix(rows: rows, columns: 200)
                let found = try inputs.map { input in
                    try linear(input, into: output)
                    return output.elements
                }
                if threads == 1 { expected = found }
                #expect(found == expected)
            }
        }
    }

    /// A layer meets more shapes than it remembers, and shapes that it has forgotten.
    @Test(arguments: engines)
    func takesManyShapesInTurn(engine: MatrixEngine) throws {
        var random = SeededGenerator(seed: 3)
        let weights = random.floats(8 * 4)
        let linear = try Linear(engine, weights: weights, bias: nil, outputs: 8, inputs: 4)
        for rows in Array(1...40) + [1, 2, 40] {
            let input = random.floats(rows * 4)
            let output = try Matrix(rows: rows, columns: 8)
            try linear(Matrix(input, rows: rows, columns: 4), into: output)
            let exact = Self.reference(input, weights, nil, Shape(rows: rows, outputs: 8, inputs: 4), .none)
            #expect(largestDifference(output.elements, exact) < 1e-5)
        }
    }
}
