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
        case "Processors": return try processors()
        case "System":
            // Only where documents are changed: a search gives the same twice.
            guard name == "currentTimeMillis", arguments.isEmpty, run.environment is ContextEnvironment else { return nil }
            return .long(Int64(Date().timeIntervalSince1970 * 1000))
        case "MovingFunctions": return try MovingFunctions(name: name, arguments: arguments, run: run).value()
        default: return nil
        }
    }

    func number(_ index: Int) throws(ScriptFault) -> Double {
        guard arguments[index].numericType != nil else {
            if arguments[index].isNull { throw .nullReference(name) }
            throw .cannotCast(from: arguments[index].typeName, to: "double")
        }
        return arguments[index].double
    }

    func text(_ index: Int) throws(ScriptFault) -> String {
        try Method(name: name, arguments: arguments, lambda: nil, run: run).text(index)
    }
}
