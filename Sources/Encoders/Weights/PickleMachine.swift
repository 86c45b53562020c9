/// Reads the pickle of a dictionary of tensors, or of a tree of modules, without executing anything.
///
/// A pickle is a program for a stack machine. This machine knows the operations that `torch.save` and `torch.jit.save`
/// write, refuses all others by name, and gives the few permitted globals meanings of its own.
///
/// Source: CPython's Lib/pickletools.py (operations), PyTorch's torch/_utils.py (`_rebuild_tensor_v2`, `_rebuild_qtensor`)
/// and torch/csrc/jit/serialization/pickler.cpp.
struct PickleMachine {
    /// Far above what real checkpoints need.
    enum Limit {
        static let bytes = 64 << 20
        static let stack = 1 << 20
        static let memo = 1 << 20
        /// Of all containers together.
        static let elements = 1 << 20
        static let tupleDepth = 16
    }

    let file: String
    let bytes: UnsafeRawBufferPointer
    let dialect: PickleGlobal.Dialect
    /// The folder of the entries that storages lie in.
    let folder: String
    var position = 0
    var stack: [PickleValue] = []
    private var memo: [Int: PickleValue] = [:]
    var containers: [[(key: PickleValue?, value: PickleValue)]] = []
    var objects: [PickleObject] = []
    /// Of all containers together.
    private var elements = 0

    /// The tensors of the dictionary that `bytes` describe, by name.
    static func tensors(_ bytes: UnsafeRawBufferPointer, file: String) throws(WeightsError) -> [String: TorchTensor] {
        var machine = try PickleMachine(file: file, bytes: bytes, .checkpoint, folder: "data")
        guard case .container(let index) = try machine.run() else { throw .damaged(file: file, .notTensors) }
        var tensors: [String: TorchTensor] = [:]
        for (key, value) in machine.containers[index] {
            guard case .string(let name) = key, case .tensor(let tensor) = value else {
                throw .damaged(file: file, .notTensors)
            }
            tensors[name] = tensor
        }
        return tensors
    }

    /// The modules, or the constants, of a TorchScript archive.
    ///
    /// - Parameter folder: Of the entries that storages lie in.
    static func tree(
        _ pickle: [UInt8], file: String, folder: String
    ) throws(WeightsError) -> PickleTree {
        let result = pickle.withUnsafeBytes { bytes in
            Result<PickleTree, WeightsError> { () throws(WeightsError) in
                var machine = try PickleMachine(file: file, bytes: bytes, .script, folder: folder)
                let root = try machine.run()
                return PickleTree(root: root, containers: machine.containers, objects: machine.objects)
            }
        }
        return try result.get()
    }

    private init(
        file: String, bytes: UnsafeRawBufferPointer, _ dialect: PickleGlobal.Dialect, folder: String
    ) throws(WeightsError) {
        guard bytes.count <= Limit.bytes else { throw .damaged(file: file, .pickleLimit(offset: Limit.bytes)) }
        self.file = file
        self.bytes = bytes
        self.dialect = dialect
        self.folder = folder
    }

    mutating func count(_ added: Int) throws(WeightsError) {
        elements += added
        guard elements <= Limit.elements else { throw .damaged(file: file, .pickleLimit(offset: position)) }
    }

    private mutating func run() throws(WeightsError) -> PickleValue {
        while true {
            let start = position, code = try byte()
            switch code {
            case 0x80: _ = try byte()  // PROTO
            case 0x95: _ = try take(8)  // FRAME
            case UInt8(ascii: "."): return try pop()
            case UInt8(ascii: "("): try push(.mark)
            case UInt8(ascii: "0"): _ = try pop()
            case UInt8(ascii: "1"): _ = try popToMark()
            case UInt8(ascii: "N"): try push(.none)
            case 0x88: try push(.bool(true))
            case 0x89: try push(.bool(false))
            case UInt8(ascii: "J"): try push(.integer(Int(Int32(truncatingIfNeeded: try integer(4)))))
            case UInt8(ascii: "K"): try push(.integer(try integer(1)))
            case UInt8(ascii: "M"): try push(.integer(try integer(2)))
            case 0x8A: try push(.integer(try long()))
            case UInt8(ascii: "G"): try push(.double(try double()))
            case UInt8(ascii: "X"): try push(.string(try string(try integer(4))))
            case 0x8C: try push(.string(try string(try integer(1))))
            case UInt8(ascii: ")"): try pushTuple([])
            case UInt8(ascii: "t"): try pushTuple(try popToMark())
            case 0x85...0x87: try pushTuple(try pop(Int(code) - 0x84))
            case UInt8(ascii: "]"), UInt8(ascii: "}"): try pushContainer()
            case UInt8(ascii: "a"): try append([try pop()])
            case UInt8(ascii: "e"): try append(try popToMark())
            case UInt8(ascii: "s"): try set(try pop(2))
            case UInt8(ascii: "u"): try set(try popToMark())
            case UInt8(ascii: "c"): try push(.global(try global(module: try line(), name: try line())))
            case 0x93: try pushStackGlobal()
            case UInt8(ascii: "R"): try reduce()
            case 0x81 where dialect == .script: try pushObject()
            case UInt8(ascii: "b"): try build(try pop())
            case UInt8(ascii: "Q"): try pushStorage()
            case UInt8(ascii: "h"): try recall(try integer(1))
            case UInt8(ascii: "j"): try recall(try integer(4))
            case UInt8(ascii: "q"): try remember(try integer(1))
            case UInt8(ascii: "r"): try remember(try integer(4))
            case 0x94: try remember(memo.count)
            default: throw .unsupported(file: file, .pickleOperation(code: code, offset: start))
            }
        }
    }

    var malformed: WeightsError { .damaged(file: file, .malformedPickle(offset: position)) }

    // MARK: - Stack and memo

    mutating func push(_ value: PickleValue) throws(WeightsError) {
        guard stack.count < Limit.stack else { throw .damaged(file: file, .pickleLimit(offset: position)) }
        stack.append(value)
    }

    mutating func pop() throws(WeightsError) -> PickleValue {
        guard let value = stack.popLast() else { throw malformed }
        if case .mark = value { throw malformed }
        return value
    }

    mutating func pop(_ count: Int) throws(WeightsError) -> [PickleValue] {
        var values: [PickleValue] = []
        for _ in 0..<count { values.append(try pop()) }
        return values.reversed()
    }

    private mutating func popToMark() throws(WeightsError) -> [PickleValue] {
        guard let mark = stack.lastIndex(where: { if case .mark = $0 { true } else { false } }) else { throw malformed }
        defer { stack.removeSubrange(mark...) }
        return Array(stack[(mark + 1)...])
    }

    private mutating func remember(_ index: Int) throws(WeightsError) {
        guard let top = stack.last, memo.count < Limit.memo else { throw malformed }
        memo[index] = top
    }

    private mutating func recall(_ index: Int) throws(WeightsError) {
        guard let value = memo[index] else { throw malformed }
        try push(value)
    }
}
