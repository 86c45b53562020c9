internal import JSON
internal import Query
internal import Scripts

/// Gives the values that aggregations have scripts compute names of fields, so that each kind need only know fields.
///
/// An object with a `script` becomes one with a `field`: the script's name. One that has a `field` already changes its values,
/// as `_value`.
struct AggregationScripts {
    private(set) var fields: [ComputedField] = []

    /// Kinds whose `script` is something else, and what is no aggregation.
    private static let untouched: Set = [
        "bucket_script", "bucket_selector", "bucket_sort", "moving_fn", "scripted_metric", "top_hits", "filter", "filters",
        "adjacency_matrix", "meta", "significant_terms", "significant_text",
    ]
    private static let dates: Set = ["date_histogram", "date_range", "auto_date_histogram"]
    private static let texts: Set = [
        "terms", "rare_terms", "multi_terms", "cardinality", "value_count", "missing", "string_stats", "composite",
    ]

    /// - Returns: the aggregations over fields alone; the same where no script takes part.
    mutating func lowered(_ field: Field) throws(ParseError) -> Field {
        guard Self.mentionsScript(field.element, depth: 0) else { return field }
        let lowered = try aggregations(JSONValue(field.element), field)
        guard let document = try? JSONDocument(parsing: lowered.serialized()) else { return field }
        return Field(name: field.name, value: Node(element: document.root, path: field.path), parser: field.parser)
    }

    private static func mentionsScript(_ element: JSONElement, depth: Int) -> Bool {
        guard depth < 64 else { return false }
        if let object = element.object {
            for (key, value) in object where key == "script" || mentionsScript(value, depth: depth + 1) { return true }
        } else if let array = element.array {
            for item in array where mentionsScript(item, depth: depth + 1) { return true }
        }
        return false
    }

    /// Of an object of aggregations by name.
    private mutating func aggregations(_ value: JSONValue, _ field: Field) throws(ParseError) -> JSONValue {
        guard let members = value.object else { return value }
        var lowered: [(String, JSONValue)] = []
        for member in members { lowered.append((member.key, try aggregation(member.value, field))) }
        return .object(JSONMembers(lowered))
    }

    private mutating func aggregation(_ value: JSONValue, _ field: Field) throws(ParseError) -> JSONValue {
        guard let members = value.object else { return value }
        var lowered: [(String, JSONValue)] = []
        for member in members {
            switch member.key {
            case "aggs", "aggregations": lowered.append((member.key, try aggregations(member.value, field)))
            case let kind where Self.untouched.contains(kind): lowered.append((kind, member.value))
            case let kind: lowered.append((kind, try source(member.value, kind, field)))
            }
        }
        return .object(JSONMembers(lowered))
    }

    /// Of an object that says where values come from, and of those in it.
    private mutating func source(_ value: JSONValue, _ kind: String, _ field: Field) throws(ParseError) -> JSONValue {
        switch value {
        case .array(let values):
            var lowered: [JSONValue] = []
            for value in values { lowered.append(try source(value, kind, field)) }
            return .array(lowered)
        case .object(let members):
            var lowered: [(String, JSONValue)] = []
            var script: ScriptReference?
            for member in members {
                if member.key == "script" {
                    script = try Self.script(member.value, field)
                } else if member.key != "value_type" || members["script"] == nil {
                    // Sources of a composite aggregation have kinds of their own.
                    let isKind = Self.dates.contains(member.key) || Self.texts.contains(member.key)
                    lowered.append((member.key, try source(member.value, isKind ? member.key : kind, field)))
                }
            }
            guard let script else { return .object(JSONMembers(lowered)) }
            let path = members["field"]?.string
            lowered.removeAll { $0.0 == "field" }
            lowered.append(("field", .string(add(script, changing: path, type: Self.type(kind, members["value_type"]?.string)))))
            return .object(JSONMembers(lowered))
        default: return value
        }
    }

    private mutating func add(_ script: ScriptReference, changing field: String?, type: String) -> String {
        let name = "_agg:\(fields.count)"
        let kind: ComputedField.Kind = field.map { .changed(field: $0, script) } ?? .script(script)
        fields.append(ComputedField(name: name, type: field == nil ? type : nil, kind: kind))
        return name
    }

    private static func type(_ kind: String, _ valueType: String?) -> String {
        switch valueType {
        case "long"?, "integer"?, "short"?, "byte"?: return "long"
        case "double"?, "float"?, "number"?, "numeric"?: return "double"
        case "date"?: return "date"
        case "boolean"?: return "boolean"
        case "string"?, "ip"?: return "keyword"
        default: break
        }
        if dates.contains(kind) { return "date" }
        if kind.hasPrefix("geo") { return "geo_point" }
        return texts.contains(kind) ? "keyword" : "double"
    }

    private static func script(_ value: JSONValue, _ field: Field) throws(ParseError) -> ScriptReference {
        guard let document = try? JSONDocument(parsing: value.serialized()) else { throw field.unexpected }
        return try ScriptReference(
            Field(name: "script", value: Node(element: document.root, path: .key(field.path, "script")), parser: field.parser))
    }
}
