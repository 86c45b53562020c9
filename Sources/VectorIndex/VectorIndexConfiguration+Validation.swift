internal import VectorKernels

extension VectorIndexConfiguration {
    /// How far a unit vector's squared length may lie from 1.
    public static let unitLengthTolerance: Float = 1e-3

    /// Checks that an index of this configuration can store and compare the vector.
    ///
    /// - Returns: its magnitude.
    /// - Throws: `dimensionMismatch`, `notFinite`, `zeroMagnitude` (cosine), `notUnitLength` (dot_product).
    @discardableResult
    public func validate(_ vector: [Float]) throws(VectorIndexError) -> Float {
        guard vector.count == dimensions else {
            throw .dimensionMismatch(expected: dimensions, actual: vector.count)
        }
        let magnitude = VectorKernels.best.magnitude(vector)
        // A component that is not finite leaves no finite magnitude: the search for it is the rare path.
        if !magnitude.isFinite, let position = vector.firstIndex(where: { !$0.isFinite }) {
            throw .notFinite(position: position)
        }
        switch metric {
        case .cosine where magnitude == 0 || !(1 / magnitude).isFinite || !magnitude.isFinite: throw .zeroMagnitude
        case .dotProduct where !(abs(magnitude * magnitude - 1) <= Self.unitLengthTolerance):
            throw .notUnitLength(squaredMagnitude: magnitude * magnitude)
        case .cosine, .dotProduct, .euclidean, .maximumInnerProduct: return magnitude
        }
    }

    /// The vector as it is compared: of unit length under cosine.
    func prepared(_ query: [Float]) throws(VectorIndexError) -> [Float] {
        let magnitude = try validate(query)
        guard metric.normalises, magnitude != 1 else { return query }
        let scale = 1 / magnitude
        return query.map { $0 * scale }
    }
}
