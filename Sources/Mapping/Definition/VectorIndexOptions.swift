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
        /// Elasticsearch 9.2's clusters on disk; here a graph over the same codes.
        case bbqDisk = "bbq_disk"

        /// Whether there is a graph; the others are scanned.
        public var isGraph: Bool { hasLinks || self == .bbqDisk }

        /// Whether `m` and `ef_construction` are the mapping's to say.
        public var hasLinks: Bool {
            switch self {
            case .hnsw, .int8HNSW, .int4HNSW, .bbqHNSW: true
            case .flat, .int8Flat, .int4Flat, .bbqFlat, .bbqDisk: false
            }
        }

        public var quantization: VectorQuantization {
            switch self {
            case .flat, .hnsw: .none
            case .int8Flat, .int8HNSW: .int8
            case .int4Flat, .int4HNSW: .int4
            case .bbqFlat, .bbqHNSW, .bbqDisk: .bit
            }
        }

        /// Codes are made of floats; bytes and bits are small enough.
        public func supports(_ elementType: VectorElementType) -> Bool {
            switch self {
            case .flat, .hnsw: true
            case .int4Flat: elementType == .float
            case .int8Flat, .bbqFlat, .int8HNSW, .int4HNSW, .bbqHNSW, .bbqDisk: !elementType.isIntegral
            }
        }

        var hasMinimumDimensions: Bool { self == .bbqFlat || self == .bbqHNSW }
        var hasConfidenceInterval: Bool { quantization == .int8 || quantization == .int4 }
        var rescoresFromDisk: Bool { isGraph && quantization != .none }
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
    /// Echoed; whole vectors are read from the mapped file whatever it says.
    public var rescoresOnDisk = false
    /// Echoed; of `bbq_disk`.
    public var clusterSize: Int?
    public var visitPercentage: Double?

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

/// What candidates are found with before they are compared exactly.
public enum VectorQuantization: Equatable, Sendable {
    case none, int8, int4, bit
}
