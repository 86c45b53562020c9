public import JSON

/// The URL of `GET /{index}/_duplicates`.
public struct DuplicatesRequest: Sendable {
    /// The field of the vectors; nil: the index's only one.
    public var field: String?
    /// The least cosine of two pictures that are nearly the same.
    public var threshold: Float
    /// The most groups that are answered.
    public var size: Int
    /// The most documents whose neighbours are looked for.
    public var maximumDocuments: Int
    /// What there is by then is answered.
    public var timeout: Duration
    private let filter: JSONValue?

    /// Neighbours that are asked for, of each document: more belong to its group through each other.
    static let neighbours = 16
    static let candidates = 64

    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        field = parameters["field"]
        threshold = try parameters.float("threshold") ?? 0.97
        guard threshold > 0, threshold <= 1 else {
            throw .illegalArgument("[threshold] must be greater than 0 and at most 1 but was [\(threshold)]")
        }
        size = try parameters.int("size") ?? 50
        guard (1...1000).contains(size) else { throw .illegalArgument("[size] must be between 1 and 1000 but was [\(size)]") }
        maximumDocuments = try parameters.int("max_docs") ?? 10_000
        guard maximumDocuments > 0 else { throw .illegalArgument("[max_docs] must be greater than 0 but was [\(maximumDocuments)]") }
        timeout = try parameters.duration("timeout") ?? .seconds(30)
        filter = try parameters["filter"].map { (text) throws(ElasticsearchError) in try ImageSearchRequest.query(text) }
    }

    /// The next documents of a point in time, with their vectors.
    ///
    /// - Parameter after: the sort values of the last one.
    public func page(of pointInTime: String, after: [JSONValue]?, field: String, limit: Int) throws(ElasticsearchError) -> SearchRequest {
        var filters: [JSONValue] = [["exists": ["field": .string(field)]]]
        if let filter { filters.append(filter) }
        var body: JSONMembers = [
            "size": .int(limit), "pit": ["id": .string(pointInTime), "keep_alive": "1m"], "sort": ["_shard_doc"],
            "query": ["bool": ["filter": .array(filters)]], "_source": false, "fields": [.string(field)],
            "track_total_hits": true,
        ]
        body["search_after"] = after.map { .array($0) }
        return try SearchRequest(body: JSONValue.object(body).serialized(), parameters: QueryParameters())
    }

    /// What is nearly the same as a vector.
    public func neighbours(of vector: [Float], in pointInTime: String, field: String) throws(ElasticsearchError) -> SearchRequest {
        var knn: JSONMembers = [
            "field": .string(field), "query_vector": .floats(vector), "k": .int(Self.neighbours),
            "num_candidates": .int(Self.candidates), "similarity": .float(threshold),
        ]
        knn["filter"] = filter
        let body: JSONValue = [
            "knn": .object(knn), "size": .int(Self.neighbours), "_source": false, "track_total_hits": false,
            "pit": ["id": .string(pointInTime)],
        ]
        return try SearchRequest(body: body.serialized(), parameters: QueryParameters())
    }
}
