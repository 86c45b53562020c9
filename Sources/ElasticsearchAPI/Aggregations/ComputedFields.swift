internal import JSON
internal import Query
internal import Scripts

/// Gathers what the aggregations of a request have scripts compute, under names of fields.
///
/// An aggregation with a `script`, with or without a `field`, reads the field that the script becomes.
final class ComputedFields {
    private(set) var fields: [ComputedField] = []

    /// - Parameters:
    ///   - field: whose values the script changes, as `_value`; nil: the script gives the values.
    ///   - type: of the values, as mappings name it.
    /// - Returns: the field to read.
    func name(of script: ScriptReference, changing field: String?, type: String) -> String {
        let name = "_agg:\(fields.count)"
        let kind: ComputedField.Kind = field.map { .changed(field: $0, script) } ?? .script(script)
        fields.append(ComputedField(name: name, type: field == nil ? type : nil, kind: kind))
        return name
    }

    /// The type of values that a `value_type` names.
    static func type(ofValueType name: String?) -> String {
        switch name {
        case "long", "integer", "short", "byte": "long"
        case "double", "float", "number", "numeric": "double"
        case "date": "date"
        case "boolean": "boolean"
        default: "keyword"
        }
    }
}
