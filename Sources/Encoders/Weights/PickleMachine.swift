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

    private let file: String
    private let bytes: UnsafeRawBufferPointer
    private let dialect: PickleGlobal.Dialect
    /// The folder of the entries that storages lie in.
    private let folder: String
    private var position = 0
    private var stack: [PickleValue] = []
    private var memo: [Int: PickleValue] = [:]
    private var containers: [[(key: PickleValue?, value: PickleValue)]] = []
    private var objects: [PickleObject] = []
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

    private mutating func count(_ added: Int) throws(WeightsError) {
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

    private var malformed: WeightsError { .damaged(file: file, .malformedPickle(offset: position)) }

    // MARK: - Reading

    private mutating func take(_ count: Int) throws(WeightsError) -> UnsafeRawBufferPointer {
        guard count >= 0, count <= bytes.count - position else { throw malformed }
        defer { position += count }
        return UnsafeRawBufferPointer(rebasing: bytes[position..<(position + count)])
    }

    private mutating func byte() throws(WeightsError) -> UInt8 { try take(1)[0] }

    /// An unsigned little-endian integer of at most four bytes.
    private mutating func integer(_ width: Int) throws(WeightsError) -> Int {
        try take(width).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    private mutating func long() throws(WeightsError) -> Int {
        let digits = try take(try integer(1))
        guard digits.count <= 8 else { throw malformed }
        var value: Int64 = (digits.last ?? 0) >= 0x80 ? -1 : 0
        for digit in digits.reversed() { value = value << 8 | Int64(digit) }
        return Int(value)
    }

    private mutating func double() throws(WeightsError) -> Double {
        Double(bitPattern: try take(8).reduce(0) { $0 << 8 | UInt64($1) })
    }

    private mutating func string(_ count: Int) throws(WeightsError) -> String {
        String(decoding: try take(count), as: UTF8.self)
    }

    private mutating func line() throws(WeightsError) -> String {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) else { throw malformed }
        let text = try string(end - position)
        position += 1
        return text
    }

    // MARK: - Stack and memo

    private mutating func push(_ value: PickleValue) throws(WeightsError) {
        guard stack.count < Limit.stack else { throw .damaged(file: file, .pickleLimit(offset: position)) }
        stack.append(value)
    }

    private mutating func pop() throws(WeightsError) -> PickleValue {
        guard let value = stack.popLast() else { throw malformed }
        if case .mark = value { throw malformed }
        return value
    }

    private mutating func pop(_ count: Int) throws(WeightsError) -> [PickleValue] {
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

    // MARK: - Values

    private mutating func pushTuple(_ values: [PickleValue]) throws(WeightsError) {
        var depth = 1
        for case .tuple(_, let inner) in values { depth = max(depth, inner + 1) }
        guard depth <= Limit.tupleDepth else { throw .damaged(file: file, .pickleLimit(offset: position)) }
        try push(.tuple(values, depth: depth))
    }

    private mutating func pushContainer() throws(WeightsError) {
        try push(.container(containers.count))
        containers.append([])
    }

    private func topContainer() throws(WeightsError) -> Int {
        guard case .container(let index) = stack.last else { throw malformed }
        return index
    }

    private mutating func append(_ values: [PickleValue]) throws(WeightsError) {
        let index = try topContainer()
        try count(values.count)
        containers[index] += values.map { (key: nil, value: $0) }
    }

    private mutating func set(_ values: [PickleValue]) throws(WeightsError) {
        let index = try topContainer()
        guard values.count.isMultiple(of: 2) else { throw malformed }
        for pair in stride(from: 0, to: values.count, by: 2) {
            try count(1)
            containers[index].append((key: values[pair], value: values[pair + 1]))
        }
    }

    private func global(module: String, name: String) throws(WeightsError) -> PickleGlobal {
        guard let global = PickleGlobal(module: module, name: name, dialect: dialect) else {
            throw .forbiddenGlobal(file: file, name: "\(module).\(name)")
        }
        return global
    }

    private mutating func pushStackGlobal() throws(WeightsError) {
        let names = try pop(2)
        guard case .string(let module) = names[0], case .string(let name) = names[1] else { throw malformed }
        try push(.global(try global(module: module, name: name)))
    }

    /// A persistent id: `("storage", type, key, device, count)`.
    private mutating func pushStorage() throws(WeightsError) {
        guard case .tuple(let parts, _) = try pop(), parts.count == 5, case .string("storage") = parts[0],
            case .global(.storage(let type)) = parts[1], case .string(let key) = parts[2],
            case .integer(let count) = parts[4], count >= 0
        else { throw malformed }
        try push(.storage(TorchStorage(type: type, entry: "\(folder)/\(key)", count: count)))
    }

    /// NEWOBJ: a module, whose attributes BUILD gives it.
    private mutating func pushObject() throws(WeightsError) {
        let parts = try pop(2)
        guard case .global(.type(let type)) = parts[0], objects.count < Limit.stack else { throw malformed }
        try push(.object(objects.count))
        objects.append(PickleObject(type: type))
    }

    /// BUILD. A checkpoint's only attributes are such as `_metadata`, which no tensor needs.
    private mutating func build(_ state: PickleValue) throws(WeightsError) {
        guard dialect == .script, case .object(let index) = stack.last else { return }
        switch state {
        case .container(let container):
            for case (.string(let name), let value) in containers[container] { objects[index].attributes[name] = value }
        case .tuple(let values, _): objects[index].state = values
        case let value: objects[index].state = [value]
        }
    }

    /// A call, of one of the globals that mean something here.
    private mutating func reduce() throws(WeightsError) {
        guard case .tuple(let arguments, _) = try pop(), case .global(let global) = try pop() else { throw malformed }
        switch global {
        case .orderedDictionary:
            guard arguments.isEmpty else { throw malformed }
            try pushContainer()
        case .rebuildTensor, .rebuildQuantised:
            guard arguments.count >= 4, case .storage(let storage) = arguments[0],
                case .integer(let offset) = arguments[1], let shape = integers(arguments[2]),
                let strides = integers(arguments[3])
            else { throw malformed }
            var tensor = TorchTensor(storage: storage, offset: offset, shape: shape, strides: strides)
            if global == .rebuildQuantised { tensor.quantisation = try quantisation(arguments.dropFirst(4).first) }
            try push(.tensor(tensor))
        case .rebuildParameter:
            guard case .tensor(let tensor) = arguments.first else { throw malformed }
            try push(.tensor(tensor))
        case .firstArgument:
            guard let value = arguments.first else { throw malformed }
            try push(value)
        case .storage, .perTensor, .perChannel, .type: throw malformed
        }
    }

    /// `(per_tensor_affine, scale, zero point)` or `(per_channel_affine, scales, zero points, axis)`.
    private func quantisation(_ value: PickleValue?) throws(WeightsError) -> TorchTensor.Quantisation {
        guard case .tuple(let parts, _) = value, parts.count >= 3, case .global(let scheme) = parts[0] else {
            throw malformed
        }
        switch (scheme, parts[1], parts[2]) {
        case (.perTensor, .double(let scale), .integer(let zeroPoint)):
            return .tensor(scale: scale, zeroPoint: zeroPoint)
        case (.perChannel, .tensor(let scales), .tensor(let zeroPoints)):
            guard scales.quantisation == nil, zeroPoints.quantisation == nil, parts.count == 4,
                case .integer(0) = parts[3]
            else { throw malformed }
            return .rows(scales: scales, zeroPoints: zeroPoints)
        default: throw malformed
        }
    }

    private func integers(_ value: PickleValue) -> [Int]? {
        guard case .tuple(let values, _) = value, values.count <= StoredTensor.maximumRank else { return nil }
        var numbers: [Int] = []
        for case .integer(let number) in values { numbers.append(number) }
        return numbers.count == values.count ? numbers : nil
    }
}
