/// One call of a built-in method. Only what is listed here can be called.
struct Method {
    let name: String
    let arguments: [ScriptValue]
    let lambda: FunctionObject?
    let run: Interpreter

    var budget: Budget { run.budget }

    /// A list that may be changed.
    func mutable(_ list: ScriptList) throws(ScriptFault) -> ScriptList {
        guard !list.isFrozen, list.kind != .array else { throw .unsupportedOperation }
        run.own(.list(list))
        return list
    }

    func text(_ number: Int) throws(ScriptFault) -> String {
        switch arguments[number] {
        case .string(let text): return text
        case .char(let unit): return ScriptValue.text(ofUnit: unit)
        case .object(let builder as StringBuilderObject): return builder.text
        case .null: throw .nullReference(name)
        default: throw .cannotCast(from: arguments[number].typeName, to: "java.lang.String")
        }
    }

    func integer(_ number: Int) throws(ScriptFault) -> Int { try run.index(arguments[number]) }

    /// What a lambda answers to a question.
    func holds(_ lambda: FunctionObject, _ arguments: [ScriptValue]) throws(ScriptFault) -> Bool {
        guard case .bool(let value) = try run.call(lambda, arguments) else {
            throw .cannotCast(from: "def", to: "boolean")
        }
        return value
    }
}

extension Method {
    func call(onNumber value: ScriptValue) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("intValue", 0): .int(value.int)
        case ("longValue", 0): .long(value.long)
        case ("floatValue", 0): .float(Float(value.double))
        case ("doubleValue", 0): .double(value.double)
        case ("shortValue", 0): .int(Int32(Int16(truncatingIfNeeded: value.int)))
        case ("byteValue", 0): .int(Int32(Int8(truncatingIfNeeded: value.int)))
        case ("isNaN", 0): .bool(value.double.isNaN)
        case ("isInfinite", 0): .bool(value.double.isInfinite)
        default: nil
        }
    }
}
