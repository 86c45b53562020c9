public import MatrixKernels

/// What the elements of a stored tensor are.
public enum ElementType: String, CaseIterable, Sendable {
    case f64 = "F64", f32 = "F32", f16 = "F16", bf16 = "BF16"
    case i64 = "I64", i32 = "I32", i16 = "I16", i8 = "I8"
    case u64 = "U64", u32 = "U32", u16 = "U16", u8 = "U8", bool = "BOOL"

    /// The size of one element.
    public var bytes: Int {
        switch self {
        case .f64, .i64, .u64: 8
        case .f32, .i32, .u32: 4
        case .f16, .bf16, .i16, .u16: 2
        case .i8, .u8, .bool: 1
        }
    }

    /// The format of weights in this type; nil for types that no encoder computes with.
    public var floatFormat: FloatFormat? {
        switch self {
        case .f32: .f32
        case .f16: .f16
        case .bf16: .bf16
        case .f64, .i64, .i32, .i16, .i8, .u64, .u32, .u16, .u8, .bool: nil
        }
    }
}
