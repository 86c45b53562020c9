/// Options of `dense_vector`.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/dense-vector
public struct DenseVectorOptions: Equatable, Sendable {
    public static let maximumDimensions = 4096
    /// From this many dimensions on, Elasticsearch 9.1 quantises to single bits unless it is told otherwise.
    static let binaryQuantizationThreshold = 384
    /// Fewer dimensions than this cannot be quantised to single bits.
    static let binaryQuantizationMinimum = 64

    /// Nil until the first document brings a vector.
    public var dimensions: Int?
    /// When false there is no graph: only exact scoring by a script.
    public var isIndexed: Bool
    public var similarity: VectorSimilarity
    /// As the mapping gives them; nil: the default for the dimensions.
    public var explicitIndexOptions: VectorIndexOptions?

    public init(
        dimensions: Int? = nil, isIndexed: Bool = true, similarity: VectorSimilarity = .cosine,
        indexOptions: VectorIndexOptions? = nil
    ) {
        self.dimensions = dimensions
        self.isIndexed = isIndexed
        self.similarity = similarity
        explicitIndexOptions = indexOptions
    }

    /// The index options in force: the mapping's, or Elasticsearch 9.1's defaults.
    public var indexOptions: VectorIndexOptions {
        if let explicitIndexOptions { return explicitIndexOptions }
        return if let dimensions, dimensions >= Self.binaryQuantizationThreshold {
            VectorIndexOptions(type: .bbqHNSW, oversample: 3)
        } else {
            VectorIndexOptions(type: .int8HNSW)
        }
    }
}

/// How two vectors are compared.
public enum VectorSimilarity: String, Equatable, Sendable, CaseIterable {
    case l2Norm = "l2_norm"
    case dotProduct = "dot_product"
    case cosine
    case maxInnerProduct = "max_inner_product"
}

/// `index_options` of `dense_vector`.
public struct VectorIndexOptions: Equatable, Sendable {
    /// In the order in which a mapping may be upgraded: only towards later cases.
    public enum IndexType: String, Equatable, Sendable, CaseIterable {
        case flat
        case int8Flat = "int8_flat"
        case int4Flat = "int4_flat"
        case bbqFlat = "bbq_flat"
        case hnsw
        case int8HNSW = "int8_hnsw"
        case int4HNSW = "int4_hnsw"
        case bbqHNSW = "bbq_hnsw"

        /// Whether there is a graph; the others are scanned.
        public var isGraph: Bool {
            switch self {
            case .hnsw, .int8HNSW, .int4HNSW, .bbqHNSW: true
            case .flat, .int8Flat, .int4Flat, .bbqFlat: false
            }
        }

        var isBinary: Bool { self == .bbqFlat || self == .bbqHNSW }
        var isHalfByte: Bool { self == .int4Flat || self == .int4HNSW }
        var hasConfidenceInterval: Bool {
            switch self {
            case .int8Flat, .int4Flat, .int8HNSW, .int4HNSW: true
            case .flat, .bbqFlat, .hnsw, .bbqHNSW: false
            }
        }
    }

    public static let defaultLinks = 16
    public static let defaultConstructionCandidates = 100

    public var type: IndexType
    /// Links a node (`m`); graphs only.
    public var links: Int
    /// Candidates considered while a node is inserted (`ef_construction`); graphs only.
    public var constructionCandidates: Int
    /// Echoed; scalar quantisation's share of values kept.
    public var confidenceInterval: Double?
    /// `rescore_vector.oversample`: candidates re-ranked exactly, times k. Zero: none.
    public var oversample: Double?

    public init(
        type: IndexType, links: Int = defaultLinks, constructionCandidates: Int = defaultConstructionCandidates,
        confidenceInterval: Double? = nil, oversample: Double? = nil
    ) {
        self.type = type
        self.links = links
        self.constructionCandidates = constructionCandidates
        self.confidenceInterval = confidenceInterval
        self.oversample = oversample
    }
}
