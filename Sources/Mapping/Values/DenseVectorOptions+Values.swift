extension DenseVectorOptions {
    /// The greatest distance of a vector's squared length from 1 under `dot_product`: a little less than the limits of
    /// those who compute it in single precision.
    private var unitLengthTolerance: Double { elementType == .bfloat16 ? 0.01998 : 0.999e-3 }
    static let previewLength = 5

    /// The numbers of a vector that is written as text; nil if it is neither hexadecimal nor base64.
    ///
    /// - Complexity: O(*n*).
    public func components(of text: String) -> [Float]? {
        VectorText.components(text, elementType, dimensions: dimensions)
    }

    /// The same of a document, which writes floats in base64 only.
    func documentComponents(of text: String) -> [Float]? {
        VectorText.components(text, elementType, dimensions: dimensions, takesHexadecimal: elementType.isIntegral)
    }

    /// What keeps a vector out of the field, if anything does.
    ///
    /// - Complexity: O(dimensions).
    public func problem(with values: [Float]) -> DocumentParsingError.VectorProblem? {
        if let dimensions {
            let count = values.count * elementType.dimensionsPerComponent
            if count > dimensions { return .tooManyDimensions(expected: dimensions) }
            if count < dimensions { return .tooFewDimensions(count, expected: dimensions) }
        }
        let squaredLength = Self.squaredLength(of: values)
        let preview = Array(values.prefix(Self.previewLength))
        if !squaredLength.isFinite, let index = values.firstIndex(where: { !$0.isFinite }) {
            return .notFinite(dimension: index, value: values[index], preview: preview, elementType)
        }
        if elementType.isIntegral, let index = values.firstIndex(where: { Int8(exactly: $0) == nil }) {
            return .notAByte(dimension: index, value: values[index], preview: preview, elementType)
        }
        switch similarity {
        case _ where !isIndexed || elementType == .bit: return nil
        case .cosine: return Self.directionProblem(with: values, squaredLength, elementType)
        case .dotProduct where elementType != .byte:
            return abs(squaredLength - 1) <= unitLengthTolerance ? nil : .notUnitLength(preview: preview)
        case .l2Norm, .maxInnerProduct, .dotProduct: return nil
        }
    }

    /// What keeps a vector from having a direction, which is all that cosine compares: its length is zero, or outside of
    /// what single precision computes with.
    ///
    /// - Complexity: O(dimensions).
    public func directionProblem(with values: [Float]) -> DocumentParsingError.VectorProblem? {
        Self.directionProblem(with: values, Self.squaredLength(of: values), elementType)
    }

    private static func directionProblem(
        with values: [Float], _ squaredLength: Double, _ elementType: VectorElementType
    ) -> DocumentParsingError.VectorProblem? {
        let usable = Double(Float.leastNormalMagnitude)...Double(Float.greatestFiniteMagnitude) / 2
        if usable.contains(squaredLength) { return nil }
        let preview = Array(values.prefix(previewLength))
        return squaredLength > usable.upperBound
            ? .extremeMagnitude(preview: preview, elementType) : .zeroMagnitude(preview: preview, elementType)
    }

    private static func squaredLength(of values: [Float]) -> Double {
        var sum = 0.0
        for value in values { sum += Double(value) * Double(value) }
        return sum
    }
}
