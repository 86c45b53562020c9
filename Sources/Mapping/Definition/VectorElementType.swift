/// `element_type` of `dense_vector`: what a component is.
public enum VectorElementType: String, Equatable, Sendable, CaseIterable {
    case float
    case bfloat16
    case byte
    /// Eight dimensions in each of a vector's bytes.
    case bit

    /// Dimensions that a mapping may give.
    public var dimensionsRange: ClosedRange<Int> { self == .bit ? 8...32_768 : 1...DenseVectorOptions.maximumDimensions }

    /// Dimensions of one written number.
    public var dimensionsPerComponent: Int { self == .bit ? 8 : 1 }

    /// Whether numbers are whole ones of −128…127.
    public var isIntegral: Bool { self == .byte || self == .bit }
}
