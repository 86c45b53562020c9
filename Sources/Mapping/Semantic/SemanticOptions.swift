/// Options of `semantic_text` and `semantic`: which endpoint makes vectors of a field's values, and how they are indexed.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/semantic-text
public struct SemanticOptions: Equatable, Sendable {
    /// The endpoint of the model that comes with ClipSearch: what fields have that name none.
    public static let defaultInferenceID = ".compact-clipsearch"

    /// What the field's values may be.
    public enum Content: String, Equatable, Sendable {
        case text = "semantic_text"
        /// Texts, and objects that bring a picture.
        case any = "semantic"
    }

    public var content: Content
    public var inferenceID: String
    /// In place of `inferenceID` for what is looked for; nil: the same.
    public var searchInferenceID: String?
    /// What the endpoint's vectors are like; nil until the first document, or the mapping, says so.
    public var model: SemanticModelSettings?
    /// Nil: as the endpoint, or the model, has it.
    public var chunking: ChunkingSettings?
    /// `index_options.dense_vector`; nil: the default for the dimensions.
    public var vectorIndex: VectorIndexOptions?
    /// Whether pictures stay in `_source`.
    public var retainsBinary = true

    /// The endpoint for what is looked for.
    public var queryInferenceID: String { searchInferenceID ?? inferenceID }

    /// How vectors of an endpoint's model are indexed: Elasticsearch 9.1's defaults for semantic fields, single bits from 64
    /// dimensions on.
    public func vectorOptions(of model: SemanticModelSettings) -> DenseVectorOptions {
        var options = DenseVectorOptions(
            elementType: model.elementType, dimensions: model.dimensions, similarity: model.similarity, indexOptions: vectorIndex)
        if vectorIndex == nil, model.elementType == .float, model.dimensions >= DenseVectorOptions.binaryQuantizationMinimum {
            options.explicitIndexOptions = VectorIndexOptions(type: .bbqHNSW, oversample: VectorIndexOptions.defaultOversample)
        }
        return options
    }
}

/// Where a semantic field's vectors are: nested objects that no mapping shows, one a chunk.
public enum SemanticPaths {
    /// The path of the nested objects.
    public static func chunks(of field: String) -> String { field + ".inference.chunks" }
    /// The path of their vectors.
    public static func embeddings(of field: String) -> String { chunks(of: field) + ".embeddings" }
}
