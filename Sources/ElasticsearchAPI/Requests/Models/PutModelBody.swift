public import JSON

/// The configuration of a model that is going to be uploaded.
public struct PutModelBody: Sendable {
    /// As Elasticsearch writes it, with its defaults.
    public let configuration: JSONValue

    private enum Key: String, BodyKey {
        case modelID = "model_id"
        case modelType = "model_type"
        case description, tags, metadata, input
        case inferenceConfig = "inference_config"
        case prefixStrings = "prefix_strings"
        case definition
        case compressedDefinition = "compressed_definition"
        case modelSize = "model_size_bytes"
        case platform = "platform_architecture"
    }

    private enum InputKey: String, BodyKey {
        case fieldNames = "field_names"
    }

    private enum PrefixKey: String, BodyKey {
        case ingest, search
    }

    /// - Parameters:
    ///   - modelID: as the URL has it.
    ///   - creationTime: milliseconds since 1970.
    public init(body: some Collection<UInt8>, modelID: String, creationTime: Int) throws(ElasticsearchError) {
        if let violation = ModelName.violation(of: modelID, field: "model_id") { throw .validation([violation]) }
        var configuration: JSONMembers = [
            "model_type": "pytorch", "create_time": .int(creationTime), "tags": [], "input": ["field_names": ["input"]],
        ]
        let members = try JSONBody.decode(body) { (root) throws(ParseError) in try Self.members(root, modelID) }
        for member in members { configuration[member.key] = member.value }
        if configuration["inference_config"] == nil { throw .validation(["[inference_config] must not be null"]) }
        self.configuration = .object(configuration)
    }

    private static func members(_ root: Node, _ modelID: String) throws(ParseError) -> JSONMembers {
        var members: JSONMembers = [:]
        for (key, field) in try root.fields(Key.self, of: .object("trained_model_config")) where !field.element.isNull {
            switch key {
            case .modelID:
                let id = try field.string()
                guard id == modelID else {
                    throw .argument(
                        "Inconsistent model_id; '\(id)' specified in the body differs from '\(modelID)' specified as a "
                            + "URL argument")
                }
            case .modelType:
                let type = try field.string()
                guard type == "pytorch" else {
                    throw .argument("[model_type] must be [pytorch] but was [\(type)]", at: field.path)
                }
            case .description: members[key.rawValue] = .string(try field.string())
            case .tags: members[key.rawValue] = .array(try field.strings().map { .string($0) })
            case .metadata:
                guard field.element.object != nil else { throw field.unexpected }
                members[key.rawValue] = JSONValue(field.element)
            case .input: members[key.rawValue] = try input(field)
            case .inferenceConfig: members[key.rawValue] = try TextEmbeddingConfiguration(field).json
            case .prefixStrings:
                var prefixes: JSONMembers = [:]
                for (key, field) in try field.value.fields(PrefixKey.self, of: .object("trained_model_config_prefix_strings")) {
                    prefixes[key.rawValue] = .string(try field.string())
                }
                members[key.rawValue] = .object(prefixes)
            // The weights' file tells its size, and they run on any platform.
            case .modelSize, .platform: _ = try field.text()
            case .definition, .compressedDefinition:
                throw .argument(
                    "[\(key.rawValue)] is not supported: a pytorch model's definition comes in parts", at: field.path)
            }
        }
        return members
    }

    private static func input(_ field: Field) throws(ParseError) -> JSONValue {
        var names: [String] = []
        for (_, field) in try field.value.fields(InputKey.self, of: .object("trained_model_config_input")) {
            names = try field.strings()
        }
        guard let name = names.first, names.count == 1 else {
            throw .argument("[field_names] must hold one name", at: field.path)
        }
        guard name != InferenceInput.imageField else {
            throw .argument("[field_names] cannot be [\(name)], which is the field of pictures", at: field.path)
        }
        return ["field_names": [.string(name)]]
    }
}
