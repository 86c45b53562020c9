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

    /// The order of `Comparable`: -1, 0 or 1.
    func compare(_ left: ScriptValue, _ right: ScriptValue) throws(ScriptFault) -> Int {
        switch (left, right) {
        case (.null, _), (_, .null): throw .nullReference("compareTo")
        case (.string(let left), .string(let right)):
            try budget.charge(bytes: 0, copying: min(left.utf8.count, right.utf8.count))
            return left == right ? 0 : left.utf16.lexicographicallyPrecedes(right.utf16) ? -1 : 1
        case (.bool(let left), .bool(let right)): return left == right ? 0 : left ? 1 : -1
        case (.object(let left as DateObject), .object(let right as DateObject)):
            return left.milliseconds == right.milliseconds ? 0 : left.milliseconds < right.milliseconds ? -1 : 1
        default:
            guard let first = left.numericType, let second = right.numericType else {
                throw .cannotCast(from: right.typeName, to: left.typeName)
            }
            if first.rawValue <= 1, second.rawValue <= 1 {
                return left.long == right.long ? 0 : left.long < right.long ? -1 : 1
            }
            let (a, b) = (left.double, right.double)
            // As Double.compare: NaN is greater than all.
            if a.isNaN || b.isNaN { return a.isNaN == b.isNaN ? 0 : a.isNaN ? 1 : -1 }
            return a == b ? 0 : a < b ? -1 : 1
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

    func makeArray(_ type: ScriptType, _ sizes: ArraySlice<ScriptValue>) throws(ScriptFault) -> ScriptValue {
        guard let size = sizes.first else { return .initial(of: type) }
        let count = try index(size)
        guard count >= 0 else { throw .unusableValue(String(count)) }
        guard count <= Budget.maximumBytes / 24 else { throw .tooMuchMemory }
        try budget.charge(bytes: 24 * count)
        var elements: [ScriptValue] = []
        for _ in 0..<count { elements.append(try makeArray(type, sizes.dropFirst())) }
        return try makeList(elements, kind: .array)
    }

    func make(_ type: String, _ arguments: [ScriptValue]) throws(ScriptFault) -> ScriptValue {
        if ScriptType.exceptions.contains(type) {
            let message = try arguments.first.map { (value) throws(ScriptFault) in try value.text(budget) }
            return .object(ExceptionObject(type: type, message: message))
        }
        switch (ScriptType(type)?.base, arguments.first) {
        case (.list, nil): return try makeList([], kind: type.hasSuffix("Set") ? .set : .list)
        case (.list, .int?): return try makeList([])
        case (.list, let source?):
            let copy = try makeList([], kind: type.hasSuffix("Set") ? .set : .list)
            if case .list(let list) = copy { try add(try elements(of: source), to: list) }
            return copy
        case (.map, nil), (.map, .int?): return try adopt(ScriptMap())
        case (.map, .map(let source)?):
            try budget.charge(source.count)
            let map = ScriptMap()
            for (key, value) in source.pairs { map[key] = value }
            return try adopt(map)
        case (.named("Date"), let time?) where time.numericType != nil: return .object(DateObject(time.long, style: .instant))
        case (.named("GeoPoint"), let latitude?) where arguments.count == 2:
            return .object(PointObject(latitude: latitude.double, longitude: arguments[1].double))
        case (.named("StringBuilder"), let text):
            let builder = StringBuilderObject()
            if case .string(let text)? = text { try builder.append(text, budget) }
            return .object(builder)
        case (.string, let text):
            return try text.map { (value) throws(ScriptFault) in try makeString(try value.text(budget)) } ?? .string("")
        default: throw .unknownMethod(type: type, name: "<init>", arguments: arguments.count)
        }
    }

    /// What can be looped over.
    func elements(of value: ScriptValue) throws(ScriptFault) -> [ScriptValue] {
        switch value {
        case .list(let list): return list.elements
        case .object(let object):
            if let elements = try object.elements(self) { return elements }
        case .null: throw .nullReference(nil)
        default: break
        }
        throw .cannotCast(from: value.typeName, to: "java.util.Collection")
    }

    /// - Returns: whether the list changed: a set takes nothing twice.
    @discardableResult
    func add(_ elements: [ScriptValue], to list: ScriptList) throws(ScriptFault) -> Bool {
        guard !list.isFrozen, list.kind != .array else { throw .unsupportedOperation }
        own(.list(list))
        try budget.charge(bytes: 24 * elements.count)
        let before = list.elements.count
        for element in elements {
            if list.kind == .set, try position(of: element, in: list) != nil { continue }
            list.elements.append(element)
        }
        return list.elements.count > before
    }

    func position(of value: ScriptValue, in list: ScriptList) throws(ScriptFault) -> Int? {
        for (position, element) in list.elements.enumerated() {
            try budget.charge(1)
            if try ScriptValue.areEqual(element, value, budget) { return position }
        }
        return nil
    }
}
