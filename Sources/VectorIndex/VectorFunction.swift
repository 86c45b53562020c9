internal import CVectorKernels
internal import VectorKernels

/// The functions of two vectors that scripts score with, whatever the field's own metric.
public enum VectorFunction: Sendable, CaseIterable {
    case cosineSimilarity
    case dotProduct
    case l2Norm
    case l1Norm
}

extension VectorIndex {
    /// The function of the query and each ordinal's vector, as it was appended; nil for an ordinal that has none.
    ///
    /// - Throws: `dimensionMismatch`, `notFinite`; `zeroMagnitude` for a cosine of a zero query.
    /// - Complexity: one comparison for each ordinal.
    public func evaluate(
        _ function: VectorFunction, _ query: [Float], at ordinals: [UInt32]
    ) throws(VectorIndexError) -> [Float?] {
        let metric: Metric = function == .cosineSimilarity ? .cosine : .euclidean
        let rules = try VectorIndexConfiguration(dimensions: configuration.dimensions, metric: metric, kind: .flat)
        let queryMagnitude = try rules.validate(query)
        let space = space
        let kernels = VectorKernels.best
        return query.withUnsafeBufferPointer { query in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: query.count) { original in
                ordinals.map { ordinal in
                    guard ordinal < space.limit, graph.contains(ordinal) else { return nil }
                    let start = space.rows + Int(ordinal) * space.stride
                    let row = UnsafeBufferPointer(start: start, count: query.count)
                    let magnitude = start[space.stride - 2]
                    let scale = configuration.metric.normalises ? magnitude : 1
                    switch function {
                    case .cosineSimilarity:
                        let length = configuration.metric.normalises ? 1 : magnitude
                        return length == 0 ? 0 : kernels.dot(query, row) / (queryMagnitude * length)
                    case .dotProduct:
                        return kernels.dot(query, row) * scale
                    case .l2Norm, .l1Norm:
                        for index in row.indices { original[index] = row[index] * scale }
                        let vector = UnsafeBufferPointer(original)
                        return function == .l1Norm
                            ? kernels.l1(query, vector) : kernels.squaredL2(query, vector).squareRoot()
                    }
                }
            }
        }
    }
}
