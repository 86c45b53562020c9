internal import JSON

/// `semantic_text` and `semantic`: values that an endpoint's model makes vectors of while they are written.
///
/// The vectors come beside the document (`InferenceFields`), as nested objects that the mapping does not show. Here only the form
/// of the values is checked.
struct SemanticType: TypeDefinition {
    var options: SemanticOptions

    static func entry(_ content: SemanticOptions.Content) -> TypeRegistry.Entry {
        var parameters = [
            MappingParameter("inference_id", .string(default: nil), updatable: true),
            MappingParameter("search_inference_id", .string(default: nil), updatable: true, acceptsNull: true),
            MappingParameter("model_settings", .object, acceptsNull: true),
            MappingParameter("chunking_settings", .object, updatable: true, acceptsNull: true),
            MappingParameter("index_options", .object, updatable: true, acceptsNull: true),
            .meta, .copyTo,
        ]
        if content == .any { parameters.append(MappingParameter("retain_binary", .boolean(default: true), updatable: true)) }
        return TypeRegistry.Entry(parameters: parameters, complete: complete) { (values, field) throws(MappingError) in
            do throws(SemanticProblem) {
                return SemanticType(options: try options(content, values, field))
            } catch {
                throw .semantic(error, field: field)
            }
        }
    }

    /// The endpoint always shows in a mapping; settings that say nothing do not.
    private static func complete(_ values: inout [String: JSONValue]) {
        if values["inference_id"] == nil { values["inference_id"] = .string(SemanticOptions.defaultInferenceID) }
        if values["chunking_settings"]?.object?.isEmpty == true { values["chunking_settings"] = nil }
    }

    private static func options(
        _ content: SemanticOptions.Content, _ values: [String: JSONValue], _ field: String
    ) throws(SemanticProblem) -> SemanticOptions {
        for name in ["inference_id", "search_inference_id"] where values[name]?.string?.isEmpty == true {
            throw .emptyID(parameter: name, type: content.rawValue)
        }
        if values["copy_to"] != nil { throw .copyTo(type: content.rawValue) }
        var options = SemanticOptions(
            content: content, inferenceID: values["inference_id"]?.string ?? SemanticOptions.defaultInferenceID,
            searchInferenceID: values["search_inference_id"]?.string)
        if let members = values["model_settings"]?.object { options.model = try SemanticModelSettings(members) }
        if let members = values["chunking_settings"]?.object { options.chunking = try chunking(members) }
        if let members = values["index_options"]?.object {
            for member in members where member.key != "dense_vector" { throw .unknownIndexOptions(member.key) }
            if let vector = members["dense_vector"]?.object {
                do {
                    options.vectorIndex = try VectorIndexOptions(members: vector, field: field)
                } catch {
                    throw .unknownIndexOptions(vector["type"]?.string ?? "dense_vector")
                }
            }
        }
        options.retainsBinary = values["retain_binary"] != .bool(false)
        return options
    }

    private static func chunking(_ members: JSONMembers) throws(SemanticProblem) -> ChunkingSettings {
        do throws(ChunkingFault) {
            return try ChunkingSettings(members)
        } catch {
            throw .chunking(error)
        }
    }

    var name: String { options.content.rawValue }
    var takesObjects: Bool { true }
    /// To who searches it is a text.
    var family: String { "text" }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try read(element, field, context, into: &reader) }
            return
        }
        if value.isNull { return }
        guard let scalar = ScalarValue(value) else {
            if options.content == .any, value.object != nil { return }
            throw .malformedValue(
                field: context.path, type: name, preview: DocumentReader.preview(value), cause: .unexpectedObject)
        }
        for (name, subfield) in field.allFields { try reader.index(scalar, subfield, path: context.path + "." + name) }
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        throw .queryNotSupported("term", type: name)
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        element.isNull ? [] : [ScalarValue(element).map { .string($0.text) } ?? JSONValue(element)]
    }

    /// What the first document's vectors say is set once.
    func allows(_ parameter: String, from old: JSONValue, to new: JSONValue) -> Bool {
        parameter == "model_settings" && old == .null
    }
}

extension ServedType {
    /// Of semantic fields only.
    public var semantic: SemanticOptions? { (definition as? SemanticType)?.options }
}

extension FieldMapping {
    /// Of semantic fields only.
    public var semantic: SemanticOptions? { if case .served(let served) = type { served.semantic } else { nil } }

    /// This semantic field, of an endpoint whose vectors are known.
    func knowing(_ model: SemanticModelSettings) -> FieldMapping {
        guard var options = semantic else { return self }
        options.model = model
        var parameters = parameters
        parameters["model_settings"] = model.json
        var field = FieldMapping(type: .served(ServedType(SemanticType(options: options))), parameters: parameters, fields: fields)
        field.analysis = analysis
        return field
    }
}
