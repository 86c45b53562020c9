/// What a vector index is made for; fixed when its directory is created.
public struct VectorIndexConfiguration: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// A graph: `m` links a node above level 0 and 2 m at level 0; `efConstruction` candidates on insertion.
        case hnsw(m: Int = 16, efConstruction: Int = 100)
        /// No graph: every search compares all.
        case flat
    }

    public static let dimensionsRange = 1...4096
    public static let mRange = 2...512
    public static let efConstructionRange = 1...10_000

    public let dimensions: Int
    public let metric: Metric
    public let kind: Kind

    /// - Throws: `invalidConfiguration` for a number outside its range.
    public init(dimensions: Int, metric: Metric, kind: Kind = .hnsw()) throws(VectorIndexError) {
        func check(
            _ name: VectorIndexError.Parameter, _ value: Int, _ range: ClosedRange<Int>
        ) throws(VectorIndexError) {
            guard range.contains(value) else {
                throw .invalidConfiguration(parameter: name, value: value, allowed: range)
            }
        }
        try check(.dimensions, dimensions, Self.dimensionsRange)
        if case .hnsw(let m, let efConstruction) = kind {
            try check(.m, m, Self.mRange)
            try check(.efConstruction, efConstruction, Self.efConstructionRange)
        }
        self.dimensions = dimensions
        self.metric = metric
        self.kind = kind
    }

    /// Whether searches may walk a graph.
    public var hasGraph: Bool { kind != .flat }

    var m: Int {
        if case .hnsw(let m, _) = kind { m } else { 0 }
    }

    var efConstruction: Int {
        if case .hnsw(_, let efConstruction) = kind { efConstruction } else { 0 }
    }
}
