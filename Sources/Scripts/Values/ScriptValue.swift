/// A value while a script runs. Lists and maps are references, as in Java.
enum ScriptValue {
    case null
    case bool(Bool)
    case int(Int32)
    case long(Int64)
    case float(Float)
    case double(Double)
    case char(UInt16)
    case string(String)
    case list(ScriptList)
    case map(ScriptMap)
    case object(any ScriptObject)

    /// Java's name of the class, for errors.
    var typeName: String {
        switch self {
        case .null: "null"
        case .bool: "java.lang.Boolean"
        case .int: "java.lang.Integer"
        case .long: "java.lang.Long"
        case .float: "java.lang.Float"
        case .double: "java.lang.Double"
        case .char: "java.lang.Character"
        case .string: "java.lang.String"
        case .list(let list): list.kind.typeName
        case .map: "java.util.HashMap"
        case .object(let object): object.typeName
        }
    }

    var isNull: Bool { if case .null = self { true } else { false } }

    init(_ literal: ScriptLiteral) {
        switch literal {
        case .null: self = .null
        case .boolean(let value): self = .bool(value)
        case .int(let value): self = .int(value)
        case .long(let value): self = .long(value)
        case .float(let value): self = .float(value)
        case .double(let value): self = .double(value)
        case .string(let value): self = .string(value)
        case .pattern(let pattern): self = .object(PatternObject(pattern))
        }
    }
}

/// What is neither a plain value nor a list or map: a field's values, a date, a string builder.
protocol ScriptObject: AnyObject {
    var typeName: String { get }
    var text: String { get }

    /// - Returns: nil if there is no such member.
    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue?
    /// - Returns: whether there is such a member that can be set.
    func setMember(_ name: String, _ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> Bool
    /// - Returns: nil if there is no such method.
    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue?
    /// Its elements, if it can be looped over or indexed.
    func elements(_ run: Interpreter) throws(ScriptFault) -> [ScriptValue]?
    func element(_ key: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> ScriptValue?
    func isEqual(_ other: any ScriptObject) -> Bool
}

extension ScriptObject {
    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? { nil }
    func setMember(_ name: String, _ value: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> Bool { false }
    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? { nil }
    func elements(_ run: Interpreter) throws(ScriptFault) -> [ScriptValue]? { nil }
    func element(_ key: ScriptValue, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? { nil }
    func isEqual(_ other: any ScriptObject) -> Bool { self === other }
}

/// A list, an array or a set.
final class ScriptList {
    enum Kind {
        case list, array, set

        var typeName: String {
            switch self {
            case .list: "java.util.ArrayList"
            case .array: "def[]"
            case .set: "java.util.HashSet"
            }
        }
    }

    var elements: [ScriptValue]
    let kind: Kind
    /// Given to many runs of a script: none may change it.
    let isFrozen: Bool

    init(_ elements: [ScriptValue] = [], kind: Kind = .list, isFrozen: Bool = false) {
        self.elements = elements
        self.kind = kind
        self.isFrozen = isFrozen
    }
}
