/// The names that a pickle may refer to. Nothing is ever imported or called: each has a meaning of its own here.
enum PickleGlobal: Equatable {
    /// Which programs wrote the pickle, and so what it may refer to.
    enum Dialect {
        /// `torch.save`, of a dictionary of tensors.
        case checkpoint
        /// `torch.jit.save`, of a tree of modules.
        case script
    }

    case orderedDictionary
    case rebuildTensor
    case rebuildParameter
    case storage(ElementType)
    case rebuildQuantised
    case perTensor
    case perChannel
    /// A list of values of one kind, or a value with its type: both are their first argument.
    case firstArgument
    /// A class of the archive's own code.
    case type(String)

    init?(module: String, name: String, dialect: Dialect) {
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
        default:
            guard dialect == .script, let global = Self(script: module, name) else { return nil }
            self = global
        }
    }

    private init?(script module: String, _ name: String) {
        switch (module, name) {
        case ("torch._utils", "_rebuild_qtensor"): self = .rebuildQuantised
        case ("torch", "QInt8Storage"): self = .storage(.i8)
        case ("torch", "per_tensor_affine"): self = .perTensor
        case ("torch", "per_channel_affine"): self = .perChannel
        case ("torch.jit._pickle", "build_intlist"), ("torch.jit._pickle", "build_doublelist"),
            ("torch.jit._pickle", "build_boollist"), ("torch.jit._pickle", "build_tensorlist"),
            ("torch.jit._pickle", "restore_type_tag"):
            self = .firstArgument
        default:
            guard module == "__torch__" || module.hasPrefix("__torch__.") else { return nil }
            self = .type("\(module).\(name)")
        }
    }
}
