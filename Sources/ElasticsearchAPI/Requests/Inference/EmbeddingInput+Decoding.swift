internal import Contents
internal import Inference
internal import JSON

/// What a content of an inference request is.
private enum ContentType: String, CaseIterable {
    case text, image, audio, video, pdf

    /// How its value may be written.
    var format: String { self == .text ? "text" : "base64" }

    init(_ field: Field) throws(ParseError) {
        let name = try field.string()
        guard let type = Self(rawValue: name.lowercased()) else {
            let known = Self.allCases.map(\.rawValue).joined(separator: ", ")
            throw .argument("Unrecognized type [\(name)], must be one of [\(known)]", at: field.path)
        }
        self = type
    }
}

extension WeightedContent {
    private enum Key: String, BodyKey {
        case type, format, value, weight
    }

    private static let name = "InferenceString"

    /// Reads `{"type": "image", "format": "base64", "value": "data:…"}`, with a `weight` that is ours.
    init(_ node: Node) throws(ParseError) {
        var type: ContentType?, format: String?, value: String?, weight: Float = 1
        let fields = try node.fields(Key.self, of: .object(Self.name))
        for (key, field) in fields {
            switch key {
            case .type: type = try field.wrapping { () throws(ParseError) in try ContentType(field) }
            case .format: format = try field.wrapping { () throws(ParseError) in try Self.format(field) }
            case .value: value = try field.string()
            case .weight: weight = try field.wrapping { () throws(ParseError) in try Self.weight(field) }
            }
        }
        guard let type, let value else {
            let missing = [type == nil ? "type" : nil, value == nil ? "value" : nil].compactMap { $0 }
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: node.path)
        }
        do throws(ParseError) {
            self.init(try Self.content(type, format, value), weight: weight)
        } catch {
            let build = ParseError(
                .build, "Failed to build [\(Self.name)] after last required field arrived", at: node.path, causedBy: error)
            // Elasticsearch builds the value as soon as the last of the three is there, and else at the end.
            guard format != nil, let last = fields.last(where: { $0.key != .weight })?.field else { throw build }
            throw ParseError(.content, "[\(Self.name)] failed to parse field [\(last.name)]", at: last.path, causedBy: build)
        }
    }

    private static func format(_ field: Field) throws(ParseError) -> String {
        let name = try field.string()
        guard ["text", "base64"].contains(name.lowercased()) else {
            throw .argument("Unrecognized format [\(name)], must be one of [text, base64]", at: field.path)
        }
        return name.lowercased()
    }

    private static func weight(_ field: Field) throws(ParseError) -> Float {
        let weight = try field.float()
        guard weight.magnitude <= largestWeight else {
            throw .argument("[weight] must be between -\(Int(largestWeight)) and \(Int(largestWeight)) but was [\(weight)]", at: field.path)
        }
        return weight
    }

    private static let largestWeight: Float = 1000

    private static func content(
        _ type: ContentType, _ format: String?, _ value: String
    ) throws(ParseError) -> InferenceContent {
        if let format, format != type.format {
            throw .argument(
                "Data type [\(type.rawValue)] does not support data format [\(format)], supported formats are [\(type.format)]")
        }
        guard type != .text else { return .text(value) }
        let bytes: [UInt8]
        do throws(DataURIError) {
            bytes = try DataURI(value).bytes
        } catch {
            throw .argument(ElasticsearchError(error).cause.reason ?? "")
        }
        guard type == .image else {
            throw .argument("The models of this node take inputs of the types [text, image] and not of the type [\(type.rawValue)]")
        }
        return .image(bytes)
    }

    /// A text, an object as above, or a list of both.
    static func list(_ field: Field) throws(ParseError) -> [Self] {
        if field.element.kind == .array || field.element.kind == .object || field.element.kind == .string {
            var inputs: [Self] = []
            for node in field.oneOrMany() {
                guard inputs.count < InferenceService.maximumContents else { throw .tooManyContents(at: field.path) }
                if let text = node.element.string { inputs.append(Self(.text(text))) } else { inputs.append(try Self(node)) }
            }
            guard !inputs.isEmpty else { throw ParseError(.content, "Must provide at least one value in input", at: field.path) }
            return inputs
        }
        throw field.unexpected
    }
}

extension ContentGroup {
    private enum Key: String, BodyKey {
        case content
    }

    private static let name = "InferenceStringGroup"

    /// Reads a text, or `{"content": …}` with one content or a list of several.
    init(_ node: Node) throws(ParseError) {
        if let text = node.element.string {
            self.init(.text(text))
            return
        }
        guard node.element.kind == .object else { throw ParseError(.content, "Unsupported token [\(node.token)]", at: node.path) }
        var inputs: [WeightedContent]?
        for (_, field) in try node.fields(Key.self, of: .object(Self.name)) {
            inputs = try field.wrapping { () throws(ParseError) in
                var inputs: [WeightedContent] = []
                for node in field.oneOrMany() {
                    guard inputs.count < InferenceService.maximumContents else { throw .tooManyContents(at: field.path) }
                    inputs.append(try WeightedContent(node))
                }
                guard inputs.isEmpty else { return inputs }
                throw ParseError(
                    .build, "Failed to build [\(Self.name)] after last required field arrived", at: field.path,
                    causedBy: .argument("[content] field cannot be an empty array"))
            }
        }
        guard let inputs else { throw .argument("Required [content]", at: node.path) }
        self.init(inputs)
    }
}

extension ParseError {
    /// A request whose answer would be many times its own size: a content of a few bytes becomes a vector.
    static func tooManyContents(at path: JSONPath) -> ParseError {
        .argument("a request may have [\(InferenceService.maximumContents)] inputs at most", at: path)
    }
}
