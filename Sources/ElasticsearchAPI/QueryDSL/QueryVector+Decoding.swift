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
    }

    private enum TextKey: String, BodyKey {
        case modelID = "model_id"
        case modelText = "model_text"
    }

    /// Reads a `query_vector_builder`: `{"text_embedding": {"model_id": …, "model_text": …}}`.
    init(builder node: Node) throws(ParseError) {
        let builders = try node.fields(BuilderKey.self, of: .object("query_vector_builder"))
        guard let (key, field) = builders.first else {
            throw ParseError(.content, "[query_vector_builder] Expected FIELD_NAME but was: END_OBJECT", at: node.path)
        }
        switch key {
        case .textEmbedding:
            let parser = Parser.object("text_embedding_query_vector_builder")
            var modelID: String?
            var text: String?
            for (key, field) in try field.value.fields(TextKey.self, of: parser) {
                switch key {
                case .modelID: modelID = try field.string()
                case .modelText: text = try field.string()
                }
            }
            guard let text else { throw .argument("Required [model_text]", at: field.path) }
            self = .text(modelID: modelID, text: text)
        }
    }
}
