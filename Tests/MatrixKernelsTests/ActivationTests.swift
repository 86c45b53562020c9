import Glibc
import MatrixKernels
import Testing

@Suite struct ActivationTests {
    static func exact(_ activation: Activation, _ x: Double) -> Double {
        switch activation {
        case .none: x
        case .relu: max(x, 0)
        case .relu6: min(max(x, 0), 6)
        case .quickGELU: x / (1 + exp(-1.702 * x))
        case .gelu: 0.5 * x * (1 + erf(x / 2.0.squareRoot()))
        case .geluTanh: 0.5 * x * (1 + tanh((2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)))
        case .tanh: tanh(x)
        }
    }

    @Test(arguments: Activation.allCases, engines)
    func agreesWithTheDefinition(activation: Activation, engine: MatrixEngine) throws {
        let inputs = stride(from: Float(-12), through: 12, by: 0.01).map { $0 } + [-1e4, -100, -89, 89, 100, 1e4, 0]
        let identity = try Linear(engine, weights: [1], bias: nil, outputs: 1, inputs: 1)
        let output = try Matrix(rows: inputs.count, columns: 1)
        try identity(Matrix(inputs, rows: inputs.count, columns: 1), into: output, activation: activation)
        for (x, y) in zip(inputs, output.elements) {
            let expected = Self.exact(activation, Double(x))
            #expect(abs(Double(y) - expected) <= 1e-6 * max(1, abs(expected)), "\(activation) of \(x)")
        }
    }
}
