public import JSON

/// A field whose values are computed when a search asks for them: by a script, or out of the document's source.
///
/// Reference: https://www.elastic.co/docs/manage-data/data-store/mapping/runtime-fields
public struct RuntimeField: Equatable, Sendable {
    /// A script's text and parameters; its language is Painless.
    public struct Script: Equatable, Sendable {
        public var source: String
        /// An object.
        public var parameters: JSONValue
    }

    /// What its values are, and how they are shown.
    public let field: FieldMapping
    /// Nil: the value at the field's path in the source.
    public let script: Script?
    /// Whether a document for which the script fails has no value, in place of failing the search.
    public let ignoresErrors: Bool
    /// As `GET _mapping` shows it.
    public let definition: JSONValue
    /// Whether only one search knows it, for its sort or its aggregations.
    let isComputed: Bool
    /// Of which composite field it is a part, and under which name; nil for one of its own.
    public internal(set) var part: (composite: String, name: String)?

    /// The types of runtime fields that are served.
    public static let types = ["boolean", "date", "double", "geo_point", "ip", "keyword", "long"]

    public static func == (left: RuntimeField, right: RuntimeField) -> Bool {
        left.field == right.field && left.script == right.script && left.ignoresErrors == right.ignoresErrors
            && left.definition == right.definition && left.isComputed == right.isComputed && left.part?.composite == right.part?.composite
            && left.part?.name == right.part?.name
    }

    init(decoding element: JSONElement, name: String) throws(MappingError) {
        guard let members = element.object else { throw .runtimeField(name, .notAnObject) }
        guard let type = members["type"]?.string else { throw .runtimeField(name, .missingType) }
        guard Self.types.contains(type), let table = MappingParameter.table(ofType: type) else {
            throw .runtimeField(name, ["composite", "lookup", "geo_shape"].contains(type) ? .unsupportedType(type) : .unknownType(type))
        }
        var shown: JSONMembers = ["type": .string(type)]
        var values: [String: JSONValue] = [:]
        var script: Script?
        var ignoresErrors = false
        for (key, value) in members where key != "type" {
            switch key {
            case "script":
                script = try Self.script(value, name)
                if let script {
                    var members: JSONMembers = ["source": .string(script.source), "lang": "painless"]
                    if script.parameters.object?.isEmpty == false { members["params"] = script.parameters }
                    shown["script"] = .object(members)
                }
            case "format" where type == "date", "locale" where type == "date":
                guard let text = value.string else { throw .runtimeField(name, .unknownParameter(key, type: type)) }
                values[key] = .string(text)
                shown[key] = .string(text)
            case "on_script_error":
                guard let text = value.string, text == "fail" || text == "continue" else {
                    throw .unknownParameterValue(
                        name: key, field: name, value: value.string ?? value.kind.rawValue, accepted: ["fail", "continue"])
                }
                ignoresErrors = text == "continue"
                if ignoresErrors { shown[key] = .string(text) }
            case "meta":
                shown[key] = JSONValue(value)
            default: throw .runtimeField(name, .unknownParameter(key, type: type))
            }
        }
        field = try FieldMapping(typeName: type, values: values, table: table, fields: [:], name: name)
        self.script = script
        self.ignoresErrors = ignoresErrors
        definition = .object(shown)
        isComputed = false
    }

    /// One that is not mapped: its values come from whoever knows its name.
    ///
    /// - Parameter type: one that has no options; `keyword` stands in for others.
    init(computed type: String) {
        let known: FieldType =
            switch type {
            case "double": .number(.double)
            case "long": .number(.long)
            case "boolean": .boolean
            case "date": .date(.standard)
            case "geo_point": .geoPoint
            case "version": .served(ServedType(VersionType()))
            default: .keyword(KeywordOptions())
            }
        field = FieldMapping(type: known)
        (script, ignoresErrors, definition, isComputed) = (nil, false, .object([:]), true)
    }

    /// A part of a composite field: its own type, and the composite's script.
    init(part: JSONElement, name: String, of composite: String, script: Script?, ignoresErrors: Bool) throws(MappingError) {
        let own = try RuntimeField(decoding: part, name: composite + "." + name)
        guard own.script == nil else { throw .runtimeField(composite + "." + name, .unknownParameter("script", type: own.field.type.name)) }
        (field, definition, isComputed) = (own.field, own.definition, false)
        (self.script, self.ignoresErrors) = (script, ignoresErrors)
        self.part = (composite, name)
    }

    static func script(_ element: JSONElement, _ name: String) throws(MappingError) -> Script? {
        if element.isNull { return nil }
        if let text = element.string { return Script(source: text, parameters: [:]) }
        guard let members = element.object else { throw .runtimeField(name, .malformedScript) }
        var source: String?
        var parameters = JSONValue.object([:])
        for (key, value) in members {
            switch key {
            case "source": source = value.string
            case "params":
                guard value.object != nil else { throw .runtimeField(name, .malformedScript) }
                parameters = JSONValue(value)
            case "lang": guard value.string == "painless" else { throw .runtimeField(name, .malformedScript) }
            case "id": throw .runtimeField(name, .storedScript)
            case "options": break
            default: throw .runtimeField(name, .malformedScript)
            }
        }
        guard let source else { throw .runtimeField(name, .malformedScript) }
        return Script(source: source, parameters: parameters)
    }
}

extension FieldMapping {
    /// A computed value as the index would hold it.
    ///
    /// - Throws: `ValueError` when it is not one of the field's type.
    public func derivedValues(_ scalar: ScalarValue) throws(ValueError) -> [IndexedValue] { try indexedValues(scalar) }
}

/// What is wrong with the definition of a runtime field.
public enum RuntimeFieldProblem: Equatable, Sendable {
    case notAnObject, missingType, malformedScript, storedScript
    /// A composite field without a script, or without fields.
    case incompleteComposite(lacks: String)
    case unknownType(String)
    /// One that Elasticsearch has and this program has not.
    case unsupportedType(String)
    case unknownParameter(String, type: String)
}
