/// What `throw` throws and `catch` catches.
final class ExceptionObject: ScriptObject {
    let type: String
    let message: String?
    /// What was thrown if the script did not make this itself.
    private let original: ScriptFault?

    init(type: String, message: String?) {
        (self.type, self.message, original) = (type, message, nil)
    }

    /// - Returns: nil for what a script cannot catch: its limits.
    init?(_ fault: ScriptFault) {
        original = fault
        switch fault {
        case .thrown(let name, let text): (type, message) = (name, text)
        case .nullReference: (type, message) = ("NullPointerException", nil)
        case .divisionByZero: (type, message) = ("ArithmeticException", "/ by zero")
        case .indexOutOfBounds(let index, let count):
            (type, message) = ("IndexOutOfBoundsException", "Index \(index) out of bounds for length \(count)")
        case .stringIndexOutOfBounds(let begin, let end, let count):
            (type, message) = ("IndexOutOfBoundsException", "begin \(begin), end \(end), length \(count)")
        case .numberFormat(let text): (type, message) = ("NumberFormatException", "For input string: \"\(text)\"")
        case .cannotCast(let from, let to): (type, message) = ("ClassCastException", "Cannot cast \(from) to \(to)")
        case .cannotApply: (type, message) = ("ClassCastException", nil)
        case .unsupportedOperation: (type, message) = ("UnsupportedOperationException", nil)
        case .noSuchElement: (type, message) = ("NoSuchElementException", nil)
        case .concurrentModification, .dateFormat: (type, message) = ("RuntimeException", nil)
        case .unknownMethod, .unknownField, .unusableValue, .unmappedField, .missingVector, .notAVector, .badPattern,
            .vectorDimensions, .unsupportedVectorFunction, .fieldWithoutDocValues:
            (type, message) = ("IllegalArgumentException", nil)
        case .missingValue: (type, message) = ("IllegalStateException", nil)
        case .tooMuchWork, .tooMuchMemory, .callsTooDeep, .patternTooSlow, .unexpectedToken, .unexpectedCharacter,
            .unknownSymbol, .unknownType, .unknownCall, .duplicateVariable, .badNumber, .notAssignable, .tooComplex,
            .negativeScore, .tooManyEmitted, .uselessLoop, .selfReferencing:
            return nil
        }
    }

    var fault: ScriptFault { original ?? .thrown(type: type, message: message) }

    func isKind(of other: String) -> Bool {
        other == type || other == "Exception" || (other == "RuntimeException" && type != "Exception")
            || (other == "IllegalArgumentException" && type == "NumberFormatException")
    }

    var typeName: String { "java.lang.\(type)" }
    var text: String { message.map { "\(typeName): \($0)" } ?? typeName }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        name == "getMessage" && arguments.isEmpty ? message.map { .string($0) } ?? .null : nil
    }
}
