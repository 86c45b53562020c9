extension Interpreter {
    /// Puts a value where a target says.
    ///
    /// - Parameter value: gets what is there now; asked after the target's own expressions are evaluated.
    @discardableResult
    func assign(
        _ target: Expression.Target, _ offset: Int, reading: Bool = false,
        _ value: (ScriptValue) throws(ScriptFault) -> ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        switch target {
        case .local(let slot, let type):
            let given = try value(local(slot))
            self.offset = offset
            // `x += 0.5` of an integer casts.
            let converted = try given.converted(to: type, isExplicit: reading)
            set(slot, converted)
            return converted
        case .member(let receiver, let name):
            let object = try evaluate(receiver)
            self.offset = offset
            let given = try value(reading ? try member(name, of: object) : .null)
            self.offset = offset
            try setMember(name, of: object, given)
            return given
        case .element(let receiver, let index):
            let object = try evaluate(receiver), key = try evaluate(index)
            self.offset = offset
            let given = try value(reading ? try element(key, of: object) : .null)
            self.offset = offset
            try setElement(key, of: object, given)
            return given
        }
    }

    func changed(_ expression: Expression) throws(ScriptFault) -> ScriptValue {
        switch expression {
        case .compound(let operation, let target, let operand, let offset):
            return try assign(target, offset, reading: true) { (former) throws(ScriptFault) in
                let value = try self.evaluate(operand)
                self.offset = offset
                return try self.binary(operation, former, value)
            }
        case .increment(let target, let step, let isPrefix, let offset):
            var before = ScriptValue.null
            let after = try assign(target, offset, reading: true) { (former) throws(ScriptFault) in
                before = former
                if case .char(let unit) = former { return .char(unit &+ UInt16(truncatingIfNeeded: step)) }
                return try ScriptValue.arithmetic(.add, former, .int(step))
            }
            return isPrefix ? after : before
        default: return try evaluate(expression)
        }
    }

    private func setMember(_ name: String, of receiver: ScriptValue, _ value: ScriptValue) throws(ScriptFault) {
        switch receiver {
        case .null: throw .nullReference(name)
        case .map(let map): try put(.string(name), value, in: map)
        case .list(let list):
            guard let index = Int(name) else { throw .unknownField(type: receiver.typeName, name: name) }
            try put(index, value, in: list)
        case .object(let object):
            guard try object.setMember(name, value, self) else { throw .unknownField(type: receiver.typeName, name: name) }
        default: throw .unknownField(type: receiver.typeName, name: name)
        }
    }

    private func setElement(_ key: ScriptValue, of receiver: ScriptValue, _ value: ScriptValue) throws(ScriptFault) {
        switch receiver {
        case .null: throw .nullReference(nil)
        case .map(let map): try put(try ScriptMap.Key(key), value, in: map)
        case .list(let list): try put(try index(key), value, in: list)
        default: throw .cannotApply(operation: "[]", left: receiver.typeName, right: nil)
        }
    }

    func put(_ key: ScriptMap.Key, _ value: ScriptValue, in map: ScriptMap) throws(ScriptFault) {
        guard !map.isFrozen else { throw .unsupportedOperation }
        // A map that came with the document may come to contain itself.
        own(.map(map))
        try budget.charge(bytes: 80)
        map[key] = value
    }

    private func put(_ index: Int, _ value: ScriptValue, in list: ScriptList) throws(ScriptFault) {
        guard !list.isFrozen else { throw .unsupportedOperation }
        let position = try checked(index, in: list)
        own(.list(list))
        try budget.charge(bytes: 8)
        list.elements[position] = value
    }

    func index(_ key: ScriptValue) throws(ScriptFault) -> Int {
        guard let type = key.numericType, type == .int || type == .long else {
            if key.isNull { throw .nullReference(nil) }
            throw .cannotCast(from: key.typeName, to: "int")
        }
        return Int(key.long)
    }

    /// Painless counts negative indices from the end.
    func checked(_ index: Int, in list: ScriptList) throws(ScriptFault) -> Int {
        let count = list.elements.count
        let position = index < 0 ? index &+ count : index
        guard 0..<count ~= position else { throw .indexOutOfBounds(index: index, count: count) }
        return position
    }

    func element(_ key: ScriptValue, of receiver: ScriptValue) throws(ScriptFault) -> ScriptValue {
        switch receiver {
        case .null: throw .nullReference(nil)
        case .list(let list): return list.elements[try checked(try index(key), in: list)]
        case .map(let map): return map[try ScriptMap.Key(key)] ?? .null
        case .object(let object):
            if let value = try object.element(key, self) { return value }
            throw .cannotApply(operation: "[]", left: receiver.typeName, right: nil)
        default: throw .cannotApply(operation: "[]", left: receiver.typeName, right: nil)
        }
    }

    func member(_ name: String, of receiver: ScriptValue) throws(ScriptFault) -> ScriptValue {
        switch receiver {
        case .null: throw .nullReference(name)
        case .map(let map):
            return map[name] ?? .null
        case .list(let list):
            if name == "length" { return .int(Int32(clamping: list.elements.count)) }
            if name == "empty" { return .bool(list.elements.isEmpty) }
            if let index = Int(name) { return list.elements[try checked(index, in: list)] }
        case .string(let text):
            if name == "empty" { return .bool(text.isEmpty) }
            if name == "length" { return .int(Int32(clamping: text.utf16.count)) }
        case .object(let object):
            if let value = try object.member(name, self) { return value }
            // `date.year` is `date.getYear()`.
            let getter = "get" + name.prefix(1).uppercased() + name.dropFirst()
            if let value = try object.call(getter, [], self) { return value }
        case .bool, .int, .long, .float, .double, .char: break
        }
        throw .unknownField(type: receiver.typeName, name: name)
    }
}
