public import JSON

/// A model that comes over the API: its configuration first, then its definition in parts and its vocabulary.
public struct UploadedModel: Sendable, Identifiable, Equatable {
    public let id: String
    public let folder: String
    /// As Elasticsearch writes it, without what is known from elsewhere, such as the id.
    public let configuration: JSONValue
    public let hasDefinition: Bool
    public let hasVocabulary: Bool
}
