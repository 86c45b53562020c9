/// What `PickleMachine` makes of a pickle: plain values, and torch's tensors as descriptions.
enum PickleValue {
    case none
    case bool(Bool)
    case integer(Int)
    case double(Double)
    case string(String)
    /// Its elements, and how many tuples lie within each other here.
    case tuple([PickleValue], depth: Int)
    /// A list or dictionary, by its number: containers may refer to each other in circles.
    case container(Int)
    case global(PickleGlobal)
    case storage(TorchStorage)
    case tensor(TorchTensor)
    case mark
}

/// The names that a pickle of tensors may refer to. Nothing is ever imported or called: each has a meaning of its own here.
enum PickleGlobal: Equatable {
    case orderedDictionary
    case rebuildTensor
    case rebuildParameter
    case storage(ElementType)

    init?(module: String, name: String) {
        switch (module, name) {
        case ("collections", "OrderedDict"): self = .orderedDictionary
        case ("torch._utils", "_rebuild_tensor_v2"): self = .rebuildTensor
        case ("torch._utils", "_rebuild_parameter"): self = .rebuildParameter
        case ("torch", "DoubleStorage"): self = .storage(.f64)
        case ("torch", "FloatStorage"): self = .storage(.f32)
        case ("torch", "HalfStorage"): self = .storage(.f16)
        case ("torch", "BFloat16Storage"): self = .storage(.bf16)
        case ("torch", "LongStorage"): self = .storage(.i64)
        case ("torch", "IntStorage"): self = .storage(.i32)
        case ("torch", "ShortStorage"): self = .storage(.i16)
        case ("torch", "CharStorage"): self = .storage(.i8)
        case ("torch", "ByteStorage"): self = .storage(.u8)
        case ("torch", "BoolStorage"): self = .storage(.bool)
        default: return nil
        }
    }
}

/// A list of numbers in an entry of the archive, which tensors share.
struct TorchStorage: Equatable {
    let type: ElementType
    /// The entry is `data/<key>`.
    let key: String
    let count: Int
}

/// A view of a storage. Offsets and strides are in elements.
struct TorchTensor: Equatable {
    let storage: TorchStorage
    let offset: Int
    let shape: [Int]
    let strides: [Int]
}
