internal import JSON
internal import Tokenizers

/// `inference_config` of an uploaded model, with Elasticsearch's defaults.
struct TextEmbeddingConfiguration {
    let json: JSONValue

    private static let task = "text_embedding"

    private enum Key: String, BodyKey {
        case tokenization, vocabulary
        case resultsField = "results_field"
        case embeddingSize = "embedding_size"
    }

    private enum TokenizationKey: String, BodyKey {
        case lowercases = "do_lower_case"
        case addsSpecialTokens = "with_special_tokens"
        case maximumLength = "max_sequence_length"
        case truncate, span
        case addsPrefixSpace = "add_prefix_space"
    }

    init(_ field: Field) throws(ParseError) {
        let tasks = try field.value.members(of: .object("inference_config"))
        guard let task = tasks.first, tasks.count == 1 else {
            throw .argument("[inference_config] must hold one task", at: field.path)
        }
        guard task.name == Self.task else {
            throw .argument("[inference_config] of task [\(task.name)] is not supported; use [\(Self.task)]", at: task.path)
        }
        var members: JSONMembers = ["tokenization": Self.tokenization(.bert, [:])]
        for (key, field) in try task.value.fields(Key.self, of: .object(Self.task)) where !field.element.isNull {
            switch key {
            case .tokenization: members[key.rawValue] = try Self.tokenization(field)
            case .vocabulary: break
            case .resultsField: members[key.rawValue] = .string(try field.string())
            case .embeddingSize:
                let size = try field.int()
                guard size > 0 else { throw .argument("[embedding_size] must be a number greater than 0", at: field.path) }
                members[key.rawValue] = .int(size)
            }
        }
        json = [Self.task: .object(members)]
    }

    private static func tokenization(_ field: Field) throws(ParseError) -> JSONValue {
        let kinds = try field.value.members(of: .object(task))
        guard let only = kinds.first, kinds.count == 1 else {
            throw .argument("[tokenization] must hold one kind", at: field.path)
        }
        guard let kind = Tokenization.Kind(rawValue: only.name) else {
            let known = Tokenization.Kind.allCases.map(\.rawValue).joined(separator: ", ")
            throw .argument("[tokenization] of kind [\(only.name)] is not supported; use one of [\(known)]", at: only.path)
        }
        var members: JSONMembers = [:]
        for (key, field) in try only.value.fields(TokenizationKey.self, of: .object("\(only.name)_tokenization"))
        where !field.element.isNull {
            switch key {
            case .lowercases, .addsSpecialTokens, .addsPrefixSpace: members[key.rawValue] = .bool(try field.bool())
            case .maximumLength:
                let length = try field.int()
                guard length > 0, length <= Tokenization.maximumLengthLimit else {
                    throw .argument(
                        "[max_sequence_length] must be a positive integer up to \(Tokenization.maximumLengthLimit)", at: field.path)
                }
                members[key.rawValue] = .int(length)
            case .truncate:
                let text = try field.string()
                guard let truncation = Tokenization.Truncation(rawValue: text.lowercased()) else {
                    throw .argument("Unknown truncate [\(text)]", at: field.path)
                }
                members[key.rawValue] = .string(truncation.rawValue)
            case .span:
                guard try field.int() == -1 else {
                    throw .argument("[span] must be [-1]: a text has one vector", at: field.path)
                }
            }
        }
        return tokenization(kind, members)
    }

    private static func tokenization(_ kind: Tokenization.Kind, _ given: JSONMembers) -> JSONValue {
        var members: JSONMembers = [
            "do_lower_case": false, "with_special_tokens": true, "max_sequence_length": 512, "truncate": "first", "span": -1,
        ]
        for member in given { members[member.key] = member.value }
        return [kind.rawValue: .object(members)]
    }
}
