/// `field('f')`: the values of a field, mapped or not, with what stands in for those that are missing.
///
/// Source: https://www.elastic.co/docs/explore-analyze/scripting/script-fields-api
final class FieldObject: ScriptObject {
    private let name: String
    private let object: FieldValuesObject?

    init(_ name: String, _ object: FieldValuesObject?) {
        (self.name, self.object) = (name, object)
    }

    let typeName = "org.elasticsearch.script.field.Field"
    var text: String { "[\(name)]" }

    private var values: [ScriptValue] {
        guard let object else { return [] }
        if let vector = object.vector { return vector.isEmpty ? [] : [.object(vector)] }
        return object.values
    }

    func member(_ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        name == "values" ? try run.makeList(values) : nil
    }

    func elements(_ run: Interpreter) throws(ScriptFault) -> [ScriptValue]? {
        guard object?.vector == nil else {
            throw .thrown(
                type: "UnsupportedOperationException",
                message: "Cannot iterate over single valued dense_vector field, use get() instead")
        }
        return values
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        let values = values
        switch (name, arguments.count) {
        case ("getName", 0): return .string(self.name)
        case ("isEmpty", 0): return .bool(values.isEmpty)
        case ("size", 0): return .int(Int32(clamping: values.count))
        // Of a vector, nothing stands in for none but an empty one.
        case ("getValues", 0): return try run.makeList(values)
        case ("get", 0): return values.first ?? (object?.vector.map { .object($0) })
        case ("get", 1), ("getValue", 1): return values.first ?? arguments[0]
        case ("get", 2), ("getValue", 2):
            let index = try run.index(arguments[0])
            return values.indices.contains(index) ? values[index] : arguments[1]
        case ("asString", 1), ("asLong", 1), ("asDouble", 1), ("asBoolean", 1), ("asInt", 1):
            guard let value = values.first else { return arguments[0] }
            return try Self.converted(value, name, run)
        case ("asString", 2), ("asLong", 2), ("asDouble", 2), ("asBoolean", 2), ("asInt", 2):
            let index = try run.index(arguments[0])
            return values.indices.contains(index) ? try Self.converted(values[index], name, run) : arguments[1]
        case ("hasValue", 0): return .bool(!values.isEmpty)
        default: return nil
        }
    }

    private static func converted(_ value: ScriptValue, _ name: String, _ run: Interpreter) throws(ScriptFault) -> ScriptValue {
        var number = value
        switch value {
        case .bool(let flag): number = .int(flag ? 1 : 0)
        case .object(let date as DateObject): number = .long(date.milliseconds)
        case .string(let text) where name != "asString" && name != "asBoolean":
            guard let parsed = Double(text) else { throw .numberFormat(text) }
            number = Int64(text).map { .long($0) } ?? .double(parsed)
        default: break
        }
        switch name {
        case "asString": return .string(try value.text(run.budget))
        case "asLong": return .long(number.long)
        case "asInt": return .int(number.int)
        case "asDouble": return .double(number.double)
        default:
            if case .bool = value { return value }
            if case .string(let text) = value { return .bool(text == "true") }
            return .bool(number.double != 0)
        }
    }
}
