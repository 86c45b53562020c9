/// What opcodes make of the stack.
extension PickleMachine {
    mutating func pushTuple(_ values: [PickleValue]) throws(WeightsError) {
        var depth = 1
        for case .tuple(_, let inner) in values { depth = max(depth, inner + 1) }
        try count(values.count)
        guard depth <= Limit.tupleDepth else { throw .damaged(file: file, .pickleLimit(offset: position)) }
        try push(.tuple(values, depth: depth))
    }

    mutating func pushContainer() throws(WeightsError) {
        try push(.container(containers.count))
        containers.append([])
    }

    private func topContainer() throws(WeightsError) -> Int {
        guard case .container(let index) = stack.last else { throw malformed }
        return index
    }

    mutating func append(_ values: [PickleValue]) throws(WeightsError) {
        let index = try topContainer()
        try count(values.count)
        containers[index] += values.map { (key: nil, value: $0) }
    }

    mutating func set(_ values: [PickleValue]) throws(WeightsError) {
        let index = try topContainer()
        guard values.count.isMultiple(of: 2) else { throw malformed }
        for pair in stride(from: 0, to: values.count, by: 2) {
            try count(1)
            containers[index].append((key: values[pair], value: values[pair + 1]))
        }
    }

    func global(module: String, name: String) throws(WeightsError) -> PickleGlobal {
        guard let global = PickleGlobal(module: module, name: name, dialect: dialect) else {
            throw .forbiddenGlobal(file: file, name: "\(module).\(name)")
        }
        return global
    }

    mutating func pushStackGlobal() throws(WeightsError) {
        let names = try pop(2)
        guard case .string(let module) = names[0], case .string(let name) = names[1] else { throw malformed }
        try push(.global(try global(module: module, name: name)))
    }

    /// A persistent id: `("storage", type, key, device, count)`.
    mutating func pushStorage() throws(WeightsError) {
        guard case .tuple(let parts, _) = try pop(), parts.count == 5, case .string("storage") = parts[0],
            case .global(.storage(let type)) = parts[1], case .string(let key) = parts[2],
            case .integer(let count) = parts[4], count >= 0
        else { throw malformed }
        try push(.storage(TorchStorage(type: type, entry: "\(folder)/\(key)", count: count)))
    }

    /// NEWOBJ: a module, whose attributes BUILD gives it.
    mutating func pushObject() throws(WeightsError) {
        let parts = try pop(2)
        guard case .global(.type(let type)) = parts[0], objects.count < Limit.stack else { throw malformed }
        try push(.object(objects.count))
        objects.append(PickleObject(type: type))
    }

    /// BUILD. A checkpoint's only attributes are such as `_metadata`, which no tensor needs.
    mutating func build(_ state: PickleValue) throws(WeightsError) {
        guard dialect == .script, case .object(let index) = stack.last else { return }
        switch state {
        case .container(let container):
            for case (.string(let name), let value) in containers[container] { objects[index].attributes[name] = value }
        case .tuple(let values, _): objects[index].state = values
        case let value: objects[index].state = [value]
        }
    }

    /// A call, of one of the globals that mean something here.
    mutating func reduce() throws(WeightsError) {
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
