internal import CVectorKernels

/// What a vector's components are kept as. Raw values are Elasticsearch's names for a `dense_vector`'s `element_type`.
public enum ElementType: String, CaseIterable, Sendable {
    case float
    /// The upper half of a float, rounded to the nearest, ties to even.
    case bfloat16
    /// Whole numbers of −128…127.
    case byte
    /// Single bits. A vector is written as its bytes, signed, the first dimension in the top bit of the first.
    case bit

    /// Dimensions that a vector may have.
    public var dimensionsRange: ClosedRange<Int> { self == .bit ? 8...32_768 : 1...4096 }

    /// Numbers that a vector of so many dimensions is written with.
    public func componentCount(dimensions: Int) -> Int { self == .bit ? dimensions / 8 : dimensions }

    /// Whether components are whole numbers of −128…127.
    public var isIntegral: Bool { self == .byte || self == .bit }

    /// How far a vector's squared length may lie from 1 where it must be of unit length; bfloat16 rounds more.
    public var unitLengthTolerance: Float { self == .bfloat16 ? 0.02 : 1e-3 }

    /// Bytes of one written component.
    var componentBytes: Int {
        switch self {
        case .float: 4
        case .bfloat16: 2
        case .byte, .bit: 1
        }
    }

    /// Rows begin at multiples of this. Of long rows it is a cache line; short ones would be mostly padding.
    var rowAlignment: Int {
        switch self {
        case .float, .bfloat16: 64
        case .byte, .bit: 8
        }
    }

    /// The number that files know this type by.
    var code: UInt32 { kernelElement.rawValue }

    var kernelElement: cvk_element {
        switch self {
        case .float: CVK_ELEMENT_FLOAT
        case .bfloat16: CVK_ELEMENT_BFLOAT16
        case .byte: CVK_ELEMENT_BYTE
        case .bit: CVK_ELEMENT_BIT
        }
    }
}
