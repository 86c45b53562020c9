internal import VectorKernels

extension VectorIndexConfiguration {
    /// Checks that an index of this configuration can store and compare the vector.
    ///
    /// - Returns: its magnitude, as it would be stored.
    /// - Throws: `dimensionMismatch`, `notFinite`, `notAByte`, `zeroMagnitude` (cosine), `notUnitLength` (dot_product,
    ///   which has a formula of its own for bytes).
    @discardableResult
    public func validate(_ vector: [Float]) throws(VectorIndexError) -> Float {
        guard vector.count == componentCount else {
            throw .dimensionMismatch(expected: componentCount, actual: vector.count)
        }
        // What counts is the vector as it is kept: rounding may leave nothing of it, or too much.
        let vector = elementType == .bfloat16 ? vector.map(BFloat16.rounded) : vector
        let magnitude = VectorKernels.best.magnitude(vector)
        // A component that is not finite leaves no finite magnitude: the search for it is the rare path.
        if !magnitude.isFinite, let position = vector.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(position: position)
        }
        if elementType.isIntegral, let position = vector.firstIndex(where: { Int8(exactly: $0) == nil }) {
            throw .notAByte(position: position, value: vector[position])
        }
        switch metric {
        case .dotProduct where elementType.isIntegral: return magnitude
        case .cosine where magnitude == 0 || !(1 / magnitude).isFinite || !magnitude.isFinite: throw .zeroMagnitude
        case .dotProduct where !(abs(magnitude * magnitude - 1) <= elementType.unitLengthTolerance):
            throw .notUnitLength(squaredMagnitude: magnitude * magnitude)
        case .cosine, .dotProduct, .euclidean, .maximumInnerProduct: return magnitude
        }
    }

    /// - Parameter magnitude: the query's.
    static func unit(_ query: [Float], magnitude: Float) -> [Float] {
        if magnitude == 1 { return query }
        let scale = 1 / magnitude
        return query.map { $0 * scale }
    }
}
