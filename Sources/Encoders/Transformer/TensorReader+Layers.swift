internal import MatrixKernels

extension TensorReader {
    /// The linear layers called `names`, over the same input, as one whose outputs lie side by side.
    mutating func linear(
        _ engine: MatrixEngine, _ precision: Precision, _ names: [String], outputs: Int, inputs: Int, bias: Bool = true
    ) throws -> Linear {
        var weights: [Float] = [], biases: [Float] = []
        for name in names {
            let part = try floats(name + ".weight", [outputs, inputs])
            if weights.isEmpty { weights = part } else { weights += part }
            if bias { biases += try floats(name + ".bias", [outputs]) }
        }
        return try Linear(
            engine, precision, weights: weights, bias: bias ? biases : nil, outputs: outputs * names.count, inputs: inputs)
    }

    mutating func layerNorm(
        _ engine: MatrixEngine, _ name: String, width: Int, epsilon: Float
    ) throws(WeightsError) -> LayerNorm {
        let weight = try floats(name + ".weight", [width]), bias = try floats(name + ".bias", [width])
        return LayerNorm(engine, weight: weight, bias: bias, epsilon: epsilon)
    }

    mutating func table(_ name: String, rows: Int, columns: Int) throws(WeightsError) -> Table {
        Table(try floats(name, [rows, columns]), rows: rows, columns: columns)
    }
}
