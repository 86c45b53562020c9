/// Options of `dense_vector`.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/dense-vector
public struct DenseVectorOptions: Equatable, Sendable {
    public static let maximumDimensions = 4096
    /// From this many dimensions on, Elasticsearch 9.1 quantises to single bits unless it is told otherwise.
    static let binaryQuantizationThreshold = 384
    /// Fewer dimensions than this cannot be quantised to single bits.
    static let binaryQuantizationMinimum = 64

    public var elementType: VectorElementType
    /// Of `bit`, bits. Nil until the first document brings a vector.
    public var dimensions: Int?
    /// When false there is no graph: only exact scoring by a script.
    public var isIndexed: Bool
    public var similarity: VectorSimilarity
    /// As the mapping gives them; nil: the default for the dimensions.
    public var explicitIndexOptions: VectorIndexOptions?

    public init(
        elementType: VectorElementType = .float, dimensions: Int? = nil, isIndexed: Bool = true,
        similarity: VectorSimilarity? = nil, indexOptions: VectorIndexOptions? = nil
    ) {
        self.elementType = elementType
        self.dimensions = dimensions
        self.isIndexed = isIndexed
        self.similarity = similarity ?? (elementType == .bit ? .l2Norm : .cosine)
        explicitIndexOptions = indexOptions
    }

    /// The index options in force: the mapping's, or Elasticsearch 9.1's defaults.
    public var indexOptions: VectorIndexOptions {
        if let explicitIndexOptions { return explicitIndexOptions }
        if elementType != .float { return VectorIndexOptions(type: .hnsw) }
        return if let dimensions, dimensions >= Self.binaryQuantizationThreshold {
            VectorIndexOptions(type: .bbqHNSW, oversample: VectorIndexOptions.defaultOversample)
        } else {
            VectorIndexOptions(type: .int8HNSW)
        }
    }

    /// Candidates for each neighbour wanted that are compared exactly; nil where there are no codes to find them by, or
    /// as many as there are neighbours.
    ///
    /// - Parameter requested: what the query asks for, in place of the mapping's.
    public func oversample(requested: Float?) -> Float? {
        guard isIndexed, indexOptions.type.quantization != .none else { return nil }
        let factor = requested ?? indexOptions.oversample.map { Float($0) }
        return factor.flatMap { $0 > 0 ? $0 : nil }
    }
}

/// How two vectors are compared.
public enum VectorSimilarity: String, Equatable, Sendable, CaseIterable {
    case l2Norm = "l2_norm"
    case dotProduct = "dot_product"
    case cosine
    case maxInnerProduct = "max_inner_product"
}
