internal import Contents
internal import JSON
internal import Query

extension Field {
    /// A `query_vector`: an array of numbers, one number, or a text that the field's type says how to read.
    ///
    /// - Complexity: O(*n*), one pass.
    func queryVector() throws(ParseError) -> QueryVector {
        if let text = element.string { return .encoded(text) }
        if let number = element.double { return .vector([Float(number)]) }
        guard let array = element.array else {
            throw ParseError(.parsing, "Unknown type [\(value.token)] for parsing vector", at: path)
        }
        guard let floats = array.floats() else {
            let culprit = value.elements?.first { $0.element.double == nil }
            throw ParseError(
                .parsing, "Type [\(culprit?.token ?? value.token)] not supported for query vector",
                at: culprit?.path ?? path)
        }
        if let dimension = floats.firstIndex(where: { !$0.isFinite }) {
            let preview = floats.prefix(5).map(\.description).joined(separator: ", ")
            throw .argument(
                "element_type [float] vectors do not support infinite values but found [Infinity] at dim [\(dimension)]; "
                    + "Preview of invalid vector: [\(preview)\(floats.count > 5 ? ", ..." : "")]",
                at: path)
        }
        return .vector(floats)
    }
}

extension QueryVector {
    private enum BuilderKey: String, BodyKey {
        case textEmbedding = "text_embedding"
        case embedding, lookup
    }

    private enum TextKey: String, BodyKey {
        case modelID = "model_id"
        case modelText = "model_text"
    }

    private enum EmbeddingKey: String, BodyKey {
        case inferenceID = "inference_id"
        case input, timeout
    }

    private enum LookupKey: String, BodyKey {
        case id, index, path, routing
    }

    /// Reads a `query_vector_builder`: what is to be turned into a vector, by its kind.
    init(builder node: Node) throws(ParseError) {
        let builders = try node.fields(BuilderKey.self, of: .object("query_vector_builder"))
        guard let (key, field) = builders.first else {
            throw ParseError(.content, "[query_vector_builder] Expected FIELD_NAME but was: END_OBJECT", at: node.path)
        }
        guard builders.count == 1 else {
            throw ParseError(.content, "[query_vector_builder] expected one kind but found several", at: node.path)
        }
        self = try field.wrapping { () throws(ParseError) in
            switch key {
            case .textEmbedding: try Self.text(field)
            case .embedding: try Self.embedding(field)
            case .lookup: try Self.lookup(field)
            }
        }
    }

    private static func text(_ builder: Field) throws(ParseError) -> Self {
        var modelID: String?
        var text: String?
        for (key, field) in try builder.value.fields(TextKey.self, of: .object("text_embedding")) {
            switch key {
            case .modelID: modelID = try field.string()
            case .modelText: text = try field.string()
            }
        }
        guard let text else { throw .argument("Required [model_text]", at: builder.path) }
        return .text(modelID: modelID, text: text)
    }

    private static func embedding(_ builder: Field) throws(ParseError) -> Self {
        var query = EmbeddingQuery(inputs: [])
        var inputs: [WeightedContent]?
        for (key, field) in try builder.value.fields(EmbeddingKey.self, of: .object("embedding")) {
            switch key {
            case .inferenceID: query.inferenceID = try field.string()
            case .input: inputs = try field.wrapping { () throws(ParseError) in try WeightedContent.list(field) }
            case .timeout: query.timeout = try field.duration()
            }
        }
        guard let inputs else { throw .argument("Required [input]", at: builder.path) }
        query.inputs = inputs
        return .embedding(query)
    }

    private static func lookup(_ builder: Field) throws(ParseError) -> Self {
        var found: [LookupKey: String] = [:]
        for (key, field) in try builder.value.fields(LookupKey.self, of: .object("lookup")) { found[key] = try field.string() }
        guard let id = found[.id], let index = found[.index], let path = found[.path] else {
            let missing = [LookupKey.id, .index, .path].filter { found[$0] == nil }.map(\.rawValue)
            throw .argument("Required [\(missing.joined(separator: ", "))]", at: builder.path)
        }
        return .lookup(DocumentLookup(index: index, id: id, path: path, routing: found[.routing]))
    }
}
