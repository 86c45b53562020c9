internal import Foundation

/// A call of a class's own method. Only what is listed here can be called.
struct StaticCall {
    let type: String
    let name: String
    let arguments: [ScriptValue]
    let lambda: FunctionObject?
    let run: Interpreter

    static func constant(_ type: String, _ name: String) -> ScriptValue? {
        switch (type, name) {
        case ("Math", "PI"): .double(.pi)
        case ("Math", "E"): .double(M_E)
        case ("Integer", "MAX_VALUE"): .int(.max)
        case ("Integer", "MIN_VALUE"): .int(.min)
        case ("Long", "MAX_VALUE"): .long(.max)
        case ("Long", "MIN_VALUE"): .long(.min)
        case ("Double", "MAX_VALUE"): .double(.greatestFiniteMagnitude)
        case ("Double", "MIN_VALUE"): .double(.leastNonzeroMagnitude)
        case ("Double", "NaN"): .double(.nan)
        case ("Double", "POSITIVE_INFINITY"): .double(.infinity)
        case ("Double", "NEGATIVE_INFINITY"): .double(-.infinity)
        case ("Float", "MAX_VALUE"): .float(.greatestFiniteMagnitude)
        case ("Float", "MIN_VALUE"): .float(.leastNonzeroMagnitude)
        case ("Boolean", "TRUE"): .bool(true)
        case ("Boolean", "FALSE"): .bool(false)
        case ("DateTimeFormatter", _): DatePatternObject.named(name).map { .object($0) }
        default: EnumObject.constant(type, name).map { .object($0) }
        }
    }

    /// - Returns: nil if there is no such method.
    func value() throws(ScriptFault) -> ScriptValue? {
        switch type {
        case "Math": return try math()
        case "Integer", "Long", "Double", "Float", "Short", "Byte", "Boolean", "String", "Character": return try boxed()
        case "Objects": return try objects()
        case "Collections", "Arrays", "List", "Map", "Set": return try collections()
        case "ZonedDateTime", "Instant", "LocalDate", "LocalDateTime", "LocalTime", "OffsetDateTime": return try dates()
        case "ZoneId", "ZoneOffset", "Duration", "DateTimeFormatter", "DayOfWeek", "Month", "ChronoUnit": return try zonesAndSpans()
        case "Comparator": return try comparators()
        case "Collectors": return try collectors()
        case "Optional", "OptionalInt", "OptionalLong", "OptionalDouble": return try optionals()
        case "Stream", "IntStream", "LongStream", "DoubleStream": return try streams()
        case "MovingFunctions": return try MovingFunctions(name: name, arguments: arguments, run: run).value()
        default: return nil
        }
    }

    private func number(_ index: Int) throws(ScriptFault) -> Double {
        guard arguments[index].numericType != nil else {
            if arguments[index].isNull { throw .nullReference(name) }
            throw .cannotCast(from: arguments[index].typeName, to: "double")
        }
        return arguments[index].double
    }

    private func math() throws(ScriptFault) -> ScriptValue? {
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

    private func boxed() throws(ScriptFault) -> ScriptValue? {
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

    func text(_ index: Int) throws(ScriptFault) -> String {
        try Method(name: name, arguments: arguments, lambda: nil, run: run).text(index)
    }

    private func objects() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("equals", 2): return .bool(try ScriptValue.areEqual(arguments[0], arguments[1], run.budget))
        case ("isNull", 1): return .bool(arguments[0].isNull)
        case ("requireNonNullElse", 2): return arguments[0].isNull ? arguments[1] : arguments[0]
        case ("hash", _):
            var hash: Int32 = 1
            for argument in arguments {
                var own: Int32 = 0
                for unit in try argument.text(run.budget).utf16 { own = own &* 31 &+ Int32(unit) }
                hash = hash &* 31 &+ (argument.numericType == .int ? argument.int : own)
            }
            return .int(hash)
        case ("nonNull", 1): return .bool(!arguments[0].isNull)
        case ("requireNonNull", 1):
            if arguments[0].isNull { throw .nullReference(nil) }
            return arguments[0]
        case ("toString", 1): return try run.makeString(try arguments[0].text(run.budget))
        default: return nil
        }
    }

    private func collections() throws(ScriptFault) -> ScriptValue? {
        switch (type, name, arguments.count) {
        case ("Collections", "sort", 1), ("Arrays", "sort", 1):
            guard case .list(let list) = arguments[0] else { throw .cannotCast(from: arguments[0].typeName, to: "java.util.List") }
            return try Method(name: "sort", arguments: lambda == nil ? [.null] : [], lambda: lambda, run: run).call(on: list)
        case ("Collections", "max", 1), ("Collections", "min", 1):
            var best: ScriptValue?
            for element in try run.elements(of: arguments[0]) {
                let isBetter = try best.map { (former) throws(ScriptFault) in
                    try run.compare(element, former) * (name == "max" ? 1 : -1) > 0
                }
                if isBetter ?? true { best = element }
            }
            guard let best else { throw .noSuchElement }
            return best
        case ("Collections", "unmodifiableList", 1), ("Collections", "unmodifiableSet", 1), ("Collections", "unmodifiableMap", 1),
            ("Collections", "unmodifiableCollection", 1), ("Arrays", "stream", 1):
            return arguments[0]
        case ("Collections", "emptySet", 0): return try run.makeList([], kind: .set)
        case ("Collections", "reverseOrder", 0):
            return .object(FunctionObject.ordering { (left, right, run) throws(ScriptFault) in try run.compare(right, left) })
        case ("Arrays", "asList", 1):
            if case .list = arguments[0] { return try run.makeList(try run.elements(of: arguments[0])) }
            return try run.makeList(arguments)
        case ("Set", "of", _):
            let set = try run.makeList([], kind: .set)
            if case .list(let list) = set { try run.add(arguments, to: list) }
            return set
        case ("Map", "of", _) where arguments.count % 2 == 0:
            let map = ScriptMap()
            for index in stride(from: 0, to: arguments.count, by: 2) { map[try ScriptMap.Key(arguments[index])] = arguments[index + 1] }
            return try run.adopt(map)
        case ("Collections", "emptyList", 0), ("List", "of", 0): return try run.makeList([])
        case ("Collections", "emptyMap", 0): return try run.adopt(ScriptMap())
        case ("Collections", "singletonList", 1), ("List", "of", _), ("Arrays", "asList", _): return try run.makeList(arguments)
        case ("Collections", "reverse", 1):
            guard case .list(let list) = arguments[0], !list.isFrozen else { throw .unsupportedOperation }
            list.elements.reverse()
            return .null
        default: return nil
        }
    }
}
