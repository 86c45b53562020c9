internal import MatrixKernels

/// The head of the compact image encoder, over a whole batch.
struct CompactHead: Sendable {
    private let engine: MatrixEngine
    private let temperature, confidenceWeight: Float
    private let classifier, prior, projection: Linear

    final class Scratch {
        fileprivate let pooled, logits, sums, features, projected: Matrix

        init() throws(MatrixError) {
            (pooled, logits, sums) = (try Matrix(), try Matrix(), try Matrix())
            (features, projected) = (try Matrix(), try Matrix())
        }

        /// Sets the vectors of one picture.
        func take(pooled vector: [Float], features parts: [[Float]], at index: Int) {
            pooled.withRow(index) { row in _ = row.update(from: vector) }
            features.withRow(index) { row in _ = row.update(from: parts.joined()) }
        }
    }

    init(_ engine: MatrixEngine, _ configuration: CompactConfiguration, _ reader: inout TensorReader) throws {
        self.engine = engine
        self.temperature = configuration.temperature
        self.confidenceWeight = configuration.confidenceWeight
        let classes = configuration.classes, dimensions = configuration.dimensions
        self.classifier = try reader.linear(
            engine, .f32, ["classifier"], outputs: classes, inputs: configuration.headOutputs)
        let embeddings = try reader.floats("class_embeddings", [classes, dimensions])
        var transposed = [Float](repeating: 0, count: embeddings.count)
        for row in 0..<classes {
            for column in 0..<dimensions { transposed[column * classes + row] = embeddings[row * dimensions + column] }
        }
        self.prior = try Linear(engine, weights: transposed, bias: nil, outputs: dimensions, inputs: classes)
        self.projection = try reader.linear(
            engine, .f32, ["projection.0"], outputs: dimensions, inputs: configuration.featureWidths.reduce(0, +))
    }

    /// Makes room for so many pictures, all of which are to be set.
    func begin(count: Int, _ scratch: Scratch) throws(MatrixError) {
        try scratch.pooled.reshape(rows: count, columns: classifier.inputs)
        try scratch.features.reshape(rows: count, columns: projection.inputs)
    }

    /// The embeddings of all pictures, `[batch, dimensions]`.
    func embeddings(_ scratch: Scratch) throws(MatrixError) -> [[Float]] {
        let logits = scratch.logits, sums = scratch.sums, projected = scratch.projected, count = scratch.pooled.rows
        try logits.reshape(rows: count, columns: classifier.outputs)
        try classifier(scratch.pooled, into: logits)
        var gates: [Float] = []
        for index in 0..<count {
            var probabilities = logits.row(index).map { $0 / temperature }
            probabilities.softmax(engine)
            gates.append(1 - confidenceWeight * (probabilities.max() ?? 0))
            logits.withRow(index) { row in _ = row.update(from: probabilities) }
        }
        try sums.reshape(rows: count, columns: prior.outputs)
        try prior(logits, into: sums)
        try projected.reshape(rows: count, columns: projection.outputs)
        try projection(scratch.features, into: projected)
        return (0..<count).map { index in
            var vector = zip(sums.row(index), projected.row(index)).map { $0 + gates[index] * $1 }
            vector.normalise()
            return vector
        }
    }
}
