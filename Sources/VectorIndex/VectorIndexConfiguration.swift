/// What a vector index is made for; fixed when its directory is created.
public struct VectorIndexConfiguration: Equatable, Sendable {
    /// What finds candidates.
    public enum Kind: Equatable, Sendable {
        /// A graph: `m` links a node above level 0 and 2 m at level 0; `efConstruction` candidates on insertion.
        case hnsw(m: Int = 16, efConstruction: Int = 100)
        /// No graph: every search compares all.
        case flat
    }

    public static let mRange = 2...512
    public static let efConstructionRange = 1...10_000

    public let dimensions: Int
    public let metric: Metric
    public let kind: Kind
    public let elementType: ElementType
    /// What a sealed part keeps in memory. It says nothing of the files: those hold the vectors themselves.
    public let quantization: Quantization

    /// - Parameter dimensions: those of `bit` are bits, a multiple of 8.
    /// - Throws: `invalidConfiguration` for a number outside its range; `unsupportedMetric`, bits having but one.
    public init(
        dimensions: Int, metric: Metric, kind: Kind = .hnsw(), elementType: ElementType = .float,
        quantization: Quantization = .none
    ) throws(VectorIndexError) {
        func check(
            _ name: VectorIndexError.Parameter, _ value: Int, _ range: ClosedRange<Int>
        ) throws(VectorIndexError) {
            guard range.contains(value) else {
                throw .invalidConfiguration(parameter: name, value: value, allowed: range)
            }
        }
        try check(.dimensions, dimensions, elementType.dimensionsRange)
        if elementType == .bit {
            try check(.dimensions, dimensions, dimensions / 8 * 8...dimensions / 8 * 8)
            guard metric == .euclidean else { throw .unsupportedMetric(metric, elementType) }
        }
        if case .hnsw(let m, let efConstruction) = kind {
            try check(.m, m, Self.mRange)
            try check(.efConstruction, efConstruction, Self.efConstructionRange)
        }
        self.dimensions = dimensions
        self.metric = metric
        self.kind = kind
        self.elementType = elementType
        self.quantization = quantization
    }

    /// Numbers that a vector is written with: dimensions, or of bits their bytes.
    public var componentCount: Int { elementType.componentCount(dimensions: dimensions) }

    /// Whether searches may walk a graph.
    public var hasGraph: Bool { kind != .flat }

    /// The score of a raw value.
    public func score(raw: Float) -> Float { metric.score(raw: raw, elementType: elementType, dimensions: dimensions) }

    var m: Int {
        if case .hnsw(let m, _) = kind { m } else { 0 }
    }

    var efConstruction: Int {
        if case .hnsw(_, let efConstruction) = kind { efConstruction } else { 0 }
    }

    /// Whether the longer of two vectors in one direction is the nearer: products of what need not have unit length.
    var ranksByLength: Bool {
        metric == .maximumInnerProduct || metric == .dotProduct && elementType.isIntegral
    }

    /// Whether rows have unit length. Elements that rounding would change stay as they came instead, and are divided by
    /// their magnitude when they are compared.
    var storesUnitLength: Bool { metric.normalises && elementType == .float }
}
