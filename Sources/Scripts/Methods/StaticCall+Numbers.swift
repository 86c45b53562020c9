internal import Foundation

/// `Math` and the classes of numbers.
extension StaticCall {
    func math() throws(ScriptFault) -> ScriptValue? {
        if arguments.count == 1, let function = MathFunction(rawValue: name) { return .double(function(try number(0))) }
        switch (name, arguments.count) {
        case ("random", 0): return .double(.random(in: 0..<1))
        case ("abs", 1):
            _ = try number(0)
            switch arguments[0] {
            case .int(let value): return .int(value < 0 ? 0 &- value : value)
            case .long(let value): return .long(value < 0 ? 0 &- value : value)
            case .float(let value): return .float(abs(value))
            default: return .double(abs(arguments[0].double))
            }
        case ("round", 1):
            let rounded = (try number(0) + 0.5).rounded(.down)
            if case .float = arguments[0] { return .int(ScriptValue.double(rounded).int) }
            return .long(ScriptValue.double(rounded).long)
        case ("max", 2), ("min", 2):
            _ = (try number(0), try number(1))
            let sum = try ScriptValue.arithmetic(.subtract, arguments[0], arguments[1])
            let isMaximum = name == "max"
            switch sum {
            case .int: return .int(isMaximum ? max(arguments[0].int, arguments[1].int) : min(arguments[0].int, arguments[1].int))
            case .long:
                return .long(isMaximum ? max(arguments[0].long, arguments[1].long) : min(arguments[0].long, arguments[1].long))
            default:
                let value = MathFunction.extreme(arguments[0].double, arguments[1].double, isMaximum: isMaximum)
                if case .float = sum { return .float(Float(value)) }
                return .double(value)
            }
        case ("toIntExact", 1):
            guard let value = Int32(exactly: arguments[0].long) else { throw .thrown(type: "ArithmeticException", message: "integer overflow") }
            return .int(value)
        case ("addExact", 2), ("subtractExact", 2), ("multiplyExact", 2):
            let (a, b) = (arguments[0].long, arguments[1].long)
            let (value, overflow) =
                name == "addExact" ? a.addingReportingOverflow(b) : name == "subtractExact" ? a.subtractingReportingOverflow(b) : a.multipliedReportingOverflow(by: b)
            if arguments[0].numericType == .int, arguments[1].numericType == .int {
                guard !overflow, let small = Int32(exactly: value) else { throw .thrown(type: "ArithmeticException", message: "integer overflow") }
                return .int(small)
            }
            guard !overflow else { throw .thrown(type: "ArithmeticException", message: "long overflow") }
            return .long(value)
        case ("pow", 2): return .double(Foundation.pow(try number(0), try number(1)))
        case ("atan2", 2): return .double(Foundation.atan2(try number(0), try number(1)))
        case ("hypot", 2): return .double(Foundation.hypot(try number(0), try number(1)))
        case ("floorMod", 2), ("floorDiv", 2):
            let (a, b) = (arguments[0], arguments[1])
            let quotient = try ScriptValue.arithmetic(.divide, a, b), rest = try ScriptValue.arithmetic(.remainder, a, b)
            let isMixed = rest.long != 0 && (rest.long < 0) != (b.long < 0)
            if name == "floorMod" { return isMixed ? try ScriptValue.arithmetic(.add, rest, b) : rest }
            return isMixed ? try ScriptValue.arithmetic(.subtract, quotient, .int(1)) : quotient
        default: return nil
        }
    }

    func boxed() throws(ScriptFault) -> ScriptValue? {
        switch (type, name, arguments.count) {
        case ("Integer", "compare", 2), ("Long", "compare", 2), ("Double", "compare", 2), ("Float", "compare", 2), ("Boolean", "compare", 2):
            return .int(Int32(try run.compare(arguments[0], arguments[1])))
        case ("Integer", "sum", 2), ("Long", "sum", 2), ("Double", "sum", 2), ("Float", "sum", 2):
            return try ScriptValue.arithmetic(.add, arguments[0], arguments[1])
        case ("Integer", "max", 2), ("Long", "max", 2), ("Double", "max", 2), ("Integer", "min", 2), ("Long", "min", 2), ("Double", "min", 2):
            return try StaticCall(type: "Math", name: name, arguments: arguments, lambda: nil, run: run).value()
        case ("Integer", "toHexString", 1): return .string(String(UInt32(bitPattern: arguments[0].int), radix: 16))
        case ("Long", "toHexString", 1): return .string(String(UInt64(bitPattern: arguments[0].long), radix: 16))
        case ("Integer", "toBinaryString", 1): return .string(String(UInt32(bitPattern: arguments[0].int), radix: 2))
        case ("Long", "toBinaryString", 1): return .string(String(UInt64(bitPattern: arguments[0].long), radix: 2))
        case ("Integer", "bitCount", 1): return .int(Int32(arguments[0].int.nonzeroBitCount))
        case ("Long", "bitCount", 1): return .int(Int32(arguments[0].long.nonzeroBitCount))
        case ("Integer", "signum", 1), ("Long", "signum", 1): return .int(Int32(arguments[0].long.signum()))
        case ("Integer", "toString", 2), ("Long", "toString", 2):
            let radix = try run.index(arguments[1])
            guard 2...36 ~= radix else { throw .numberFormat(String(radix)) }
            return .string(String(arguments[0].long, radix: radix))
        case ("Character", "getNumericValue", 1): return .int(Int32(try character().wholeNumberValue ?? -1))
        case ("Character", "toUpperCase", 1), ("Character", "toLowerCase", 1):
            let text = String(try character())
            return .char((name == "toUpperCase" ? text.uppercased() : text.lowercased()).utf16.first ?? 0)
        case ("String", "format", 2...): return try run.makeString(try JavaFormat.text(text(0), Array(arguments.dropFirst()), run))
        case ("String", "valueOf", 1): return try run.makeString(try arguments[0].text(run.budget))
        case ("String", "join", 2):
            let list = ScriptList(try run.elements(of: arguments[1]))
            return try Method(name: name, arguments: arguments, lambda: nil, run: run).joined(list, try text(0))
        case (_, "toString", 1): return try run.makeString(try arguments[0].text(run.budget))
        case ("Double", "isNaN", 1): return .bool(try number(0).isNaN)
        case ("Boolean", "parseBoolean", 1): return .bool(try text(0).lowercased() == "true")
        case ("Character", "isDigit", 1): return .bool(try character().isNumber)
        case ("Character", "isLetter", 1): return .bool(try character().isLetter)
        case ("Character", "isLetterOrDigit", 1):
            let character = try character()
            return .bool(character.isNumber || character.isLetter)
        case ("Character", "isWhitespace", 1): return .bool(try character().isWhitespace)
        case ("Character", "isUpperCase", 1): return .bool(try character().isUppercase)
        case ("Character", "isLowerCase", 1): return .bool(try character().isLowercase)
        default: break
        }
        guard name.hasPrefix("parse") || name == "valueOf", 1...2 ~= arguments.count else { return nil }
        if name == "valueOf", arguments[0].numericType != nil || type == "Boolean" {
            return try ScriptType(type).map { (type) throws(ScriptFault) in try arguments[0].converted(to: type, isExplicit: true) }
        }
        let text = try text(0), radix = arguments.count > 1 ? try run.index(arguments[1]) : 10
        guard 2...36 ~= radix else { throw .numberFormat(text) }
        let value: ScriptValue?
        switch type {
        case "Integer": value = Int32(text, radix: radix).map { .int($0) }
        case "Long": value = Int64(text, radix: radix).map { .long($0) }
        case "Short": value = Int16(text, radix: radix).map { .int(Int32($0)) }
        case "Byte": value = Int8(text, radix: radix).map { .int(Int32($0)) }
        case "Double": value = Double(text.trimmingCharacters(in: .whitespaces)).map { .double($0) }
        case "Float": value = Float(text.trimmingCharacters(in: .whitespaces)).map { .float($0) }
        default: return nil
        }
        guard let value else { throw .numberFormat(text) }
        return value
    }

    private func character() throws(ScriptFault) -> Character {
        guard arguments[0].numericType == .int, let scalar = Unicode.Scalar(UInt32(bitPattern: arguments[0].int)) else {
            throw .cannotCast(from: arguments[0].typeName, to: "char")
        }
        return Character(scalar)
    }
}
