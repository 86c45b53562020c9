public import JSON

/// What a model is given for one document.
public enum InferenceInput: Equatable, Sendable {
    case text(String)
    /// A data URI.
    case image(String)

    /// The field of pictures, which is ours.
    public static let imageField = "image_field"

    /// - Parameters:
    ///   - textField: the field that the model reads texts from.
    ///   - takesText: whether the model has a text side; a model without reads `image_field`.
    /// - Throws: `ElasticsearchError` where the document has no such field, both, or one that is no string.
    public init(_ document: InferRequest.Document, textField: String, takesText: Bool) throws(ElasticsearchError) {
        switch (document[textField], document[Self.imageField]) {
        case (let text?, nil): self = .text(try Self.string(text, textField))
        case (nil, let image?): self = .image(try Self.string(image, Self.imageField))
        case (_?, _?):
            throw .state(400, "a document has either [\(textField)] or [\(Self.imageField)]")
        case (nil, nil):
            throw .state(
                400, "no value could be found for input field [\(takesText ? textField : Self.imageField)]")
        }
    }

    /// - Parameter fields: a document's, of which only the model's own are looked at.
    public init(fields: JSONMembers, textField: String, takesText: Bool) throws(ElasticsearchError) {
        let own = [textField, Self.imageField].compactMap { name in fields[name].map { (name: name, value: $0) } }
        try self.init(InferRequest.Document(own), textField: textField, takesText: takesText)
    }

    private static func string(_ value: JSONValue, _ field: String) throws(ElasticsearchError) -> String {
        guard let string = value.string else {
            throw .state(400, "input value [\(value.plain)] for field [\(field)] is not a string")
        }
        return string
    }
}
