extension Interpreter {
    func call(_ call: Expression.MethodCall) throws(ScriptFault) -> ScriptValue {
        let receiver = try evaluate(call.receiver)
        if call.isNullSafe, receiver.isNull { return .null }
        let arguments = try values(call.arguments)
        offset = call.offset
        guard !receiver.isNull else { throw .nullReference(call.name) }
        let (rest, function) = split(arguments, call.lambda)
        return try self.call(call.name, on: receiver, arguments: rest, function)
    }

    /// A method without a function among its arguments, as a reference calls it.
    private func call(_ name: String, on receiver: ScriptValue, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        guard !receiver.isNull else { throw .nullReference(name) }
        return try call(name, on: receiver, arguments: arguments, nil)
    }

    private func call(
        _ name: String, on receiver: ScriptValue, arguments: [ScriptValue], _ function: FunctionObject?
    ) throws(ScriptFault) -> ScriptValue {
        if function == nil, let result = try common(name, arguments, receiver) { return result }
        let method = Method(name: name, arguments: arguments, lambda: function, run: self)
        let result: ScriptValue? =
            switch receiver {
            case .string(let text): try method.call(on: text)
            case .list(let list): try method.call(on: list)
            case .map(let map): try method.call(on: map)
            case .object(let object):
                if let value = try object.call(name, function.map { [.object($0)] + arguments } ?? arguments, self) {
                    value
                } else if let elements = try object.elements(self) {
                    try method.call(on: ScriptList(elements, isFrozen: true))
                } else {
                    nil
                }
            case .int, .long, .float, .double, .char: try method.call(onNumber: receiver)
            case .bool(let value): name == "booleanValue" ? .bool(value) : nil
            case .null: nil
            }
        guard let result else {
            throw .unknownMethod(type: receiver.typeName, name: name, arguments: arguments.count + (function == nil ? 0 : 1))
        }
        return result
    }

    /// The first function among some arguments, and the others.
    private func split(_ arguments: [ScriptValue], _ lambda: Expression.Lambda?) -> ([ScriptValue], FunctionObject?) {
        if let lambda { return (arguments, FunctionObject(.lambda(lambda, frame))) }
        for (index, argument) in arguments.enumerated() {
            guard case .object(let object) = argument, let function = object as? FunctionObject else { continue }
            var rest = arguments
            rest.remove(at: index)
            return (rest, function)
        }
        return (arguments, nil)
    }

    /// What `Type::name` and `value::name` do with arguments.
    func reference(_ receiver: ScriptValue?, _ type: String?, _ name: String) -> FunctionObject {
        FunctionObject { (arguments, run) throws(ScriptFault) in
            if let receiver { return try run.call(name, on: receiver, arguments) }
            guard let type else {
                guard let number = run.program.functions.firstIndex(where: { $0.name == name && $0.parameters.count == arguments.count })
                else { throw .unknownCall(name: name, arguments: arguments.count) }
                return try run.call(number, arguments)
            }
            if name == "new" {
                if type.hasSuffix("[]") {
                    guard let element = ScriptType(String(type.dropLast(2))) else { throw .unknownType(type) }
                    return try run.makeArray(element, arguments[...])
                }
                return try run.make(type, arguments)
            }
            if let value = try StaticCall(type: type, name: name, arguments: arguments, lambda: nil, run: run).value() { return value }
            guard let first = arguments.first else { throw .unknownMethod(type: type, name: name, arguments: 0) }
            return try run.call(name, on: first, Array(arguments.dropFirst()))
        }
    }

    private func values(_ expressions: [Expression]) throws(ScriptFault) -> [ScriptValue] {
        var values: [ScriptValue] = []
        values.reserveCapacity(expressions.count)
        for expression in expressions { values.append(try evaluate(expression)) }
        return values
    }

    /// What every object has.
    private func common(
        _ name: String, _ arguments: [ScriptValue], _ receiver: ScriptValue
    ) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("toString", 0): return try makeString(try receiver.text(budget))
        case ("equals", 1): return .bool(try ScriptValue.areEqual(receiver, arguments[0], budget))
        case ("hashCode", 0):
            var hash: Int32 = 0
            let text = try receiver.text(budget)
            try budget.charge(bytes: 0, copying: text.utf8.count)
            for unit in text.utf16 { hash = hash &* 31 &+ Int32(unit) }
            return .int(hash)
        case ("compareTo", 1): return .int(Int32(try compare(receiver, arguments[0])))
        default: return nil
        }
    }

    /// Calls that have no receiver.
    func calls(_ expression: Expression) throws(ScriptFault) -> ScriptValue {
        switch expression {
        case .contextCall(let name, let site, let arguments, let offset):
            self.offset = offset
            if let value = try environment.precomputed(site: site) { return value }
            let values = try values(arguments)
            self.offset = offset
            return try environment.call(name, values, self)
        case .functionCall(let number, let arguments, let offset):
            let values = try values(arguments)
            self.offset = offset
            return try call(number, values)
        case .staticCall(let type, let name, let arguments, let lambda, let offset):
            let values = try values(arguments)
            self.offset = offset
            let (rest, function) = split(values, lambda)
            let call = StaticCall(type: type, name: name, arguments: rest, lambda: function, run: self)
            guard let value = try call.value() else {
                throw .unknownMethod(type: type, name: name, arguments: values.count)
            }
            return value
        case .staticMember(let type, let name, let offset):
            self.offset = offset
            guard let value = StaticCall.constant(type, name) else { throw .unknownField(type: type, name: name) }
            return value
        case .make(let type, let arguments, let offset):
            let values = try values(arguments)
            self.offset = offset
            return try make(type, values)
        case .makeArray(let type, let sizes, let offset):
            let counts = try values(sizes)
            self.offset = offset
            return try makeArray(type, counts[...])
        default: return try evaluate(expression)
        }
    }
}
