/// What a kNN search looks for: a vector, or something that a model turns into one.
public enum QueryVector: Equatable, Sendable {
    case vector([Float])
    /// Hexadecimal or base64: the field's element type and dimensions say which, and of what.
    case encoded(String)
    // The others are `query_vector_builder`'s: rewritten to one of the first two before the search is planned.

    /// `text_embedding`.
    case text(modelID: String?, text: String)
    /// What the endpoints of semantic fields made, by their ids: each index takes the one of its field.
    case byEndpoint([String: [Float]])
    /// `embedding`.
    case embedding(EmbeddingQuery)
    /// `lookup`.
    case lookup(DocumentLookup)

    /// Whether nothing has to be asked for it any more.
    var isBuilt: Bool {
        switch self {
        case .vector, .encoded: true
        case .text, .byEndpoint, .embedding, .lookup: false
        }
    }
}

/// Approximate nearest neighbours of a vector, as top-level `knn` and as the `knn` query have them.
public struct KNNQuery: Equatable, Sendable {
    /// The largest `num_candidates`.
    public static let maximumCandidates = 10_000

    public var field: String
    public var vector: QueryVector
    /// Neighbours wanted: globally for top-level `knn`, from every shard for the query. Nil: the request's size.
    public var k: Int?
    /// Candidates considered on every shard (HNSW's `ef`). Nil: `defaultCandidates(k:)`.
    public var candidates: Int?
    /// Applied before the search: only matching documents are candidates. All must match.
    public var filter: [Query]
    /// A cut on the raw metric: the least cosine or dot product, the greatest distance for `l2_norm`.
    public var similarity: Float?
    /// `rescore_vector.oversample`, in place of the mapping's: candidates compared exactly, times k. 0: none.
    public var oversample: Float?

    public init(
        field: String, vector: QueryVector, k: Int? = nil, candidates: Int? = nil, filter: [Query] = [],
        similarity: Float? = nil, oversample: Float? = nil
    ) {
        self.field = field
        self.vector = vector
        self.k = k
        self.candidates = candidates
        self.filter = filter
        self.similarity = similarity
        self.oversample = oversample
    }

    /// Elasticsearch's `num_candidates` where none is given: half as many again as `k`, at most `maximumCandidates`.
    public static func defaultCandidates(k: Int) -> Int {
        Int(min(1.5 * Double(k), Double(maximumCandidates)).rounded(.toNearestOrAwayFromZero))
    }
}
