internal import JSON

/// The URL of `POST /{index}/_search/image`, whose body is the bytes of the picture that asks.
public struct ImageSearchRequest: Sendable {
    /// The field of the vectors; nil: the index's only one.
    public var field: String?
    /// Nil: the one that the index's mapping names.
    public var model: String?
    public var timeout: Duration?
    /// How much the picture counts beside words.
    public let weight: Float
    /// What the pictures should show besides, and what they should not.
    public let words, without: WeightedText?
    /// Whether what is less like the picture than the model's measured cut-off is left out.
    public let isCutAutomatic: Bool
    private let size: Int
    private let from: Int
    private let k: Int?
    private let candidates: Int?
    private let similarity: Float?
    private let minimumScore: Float?
    private let filter: JSONValue?
    private let fields: [String]?
    private let parameters: QueryParameters

    /// - Throws: `ElasticsearchError`.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        self.parameters = parameters
        field = parameters["field"]
        model = parameters["model"]
        timeout = try parameters.duration("timeout")
        size = try parameters.int("size") ?? 10
        from = try parameters.int("from") ?? 0
        k = try parameters.int("k")
        candidates = try parameters.int("num_candidates")
        isCutAutomatic = parameters["similarity"] == "auto"
        similarity = isCutAutomatic ? nil : try parameters.float("similarity")
        weight = try parameters.float("weight") ?? 1
        words = try Self.words(parameters, "words")
        without = try Self.words(parameters, "without")
        minimumScore = try parameters.float("min_score")
        fields = parameters.list("fields")
        filter = try parameters["filter"].map { (text) throws(ElasticsearchError) in try Self.query(text) }
    }

    /// An empty text is no words: it would have a vector of its own.
    private static func words(_ parameters: QueryParameters, _ name: String) throws(ElasticsearchError) -> WeightedText? {
        guard let written = parameters[name], !written.trimmingSpaces.isEmpty else { return nil }
        if WeightedText.isMisspelled(written) {
            throw .illegalArgument("[\(name)] is [\(written)]: behind [^] stands a weight, a number above 0, as in [red flower^0.5]")
        }
        return WeightedText(written)
    }

    /// A query as JSON, or in the syntax of `query_string`.
    static func query(_ text: String) throws(ElasticsearchError) -> JSONValue {
        guard text.trimmingSpaces.hasPrefix("{") else { return ["query_string": ["query": .string(text)]] }
        do {
            return JSONValue(try JSONDocument(parsing: text).root)
        } catch {
            throw ElasticsearchError(error)
        }
    }

    /// The search for what is nearest to a vector.
    ///
    /// - Parameter cutOff: the least similarity, where the request says none itself.
    /// - Throws: `ElasticsearchError`: what `_search` says to such a body.
    public func search(nearestTo vector: [Float], in field: String, cutOff: Float? = nil) throws(ElasticsearchError) -> SearchRequest {
        var knn: JSONMembers = ["field": .string(field), "query_vector": .floats(vector)]
        knn["k"] = .int(k ?? max(1, min(size.addingClamped(from), 10_000)))
        knn["num_candidates"] = candidates.map { .int($0) }
        knn["similarity"] = (similarity ?? cutOff).map { .float($0) }
        knn["filter"] = filter
        var body: JSONMembers = ["knn": .object(knn), "size": .int(size), "from": .int(from)]
        body["min_score"] = minimumScore.map { .float($0) }
        body["fields"] = fields.map { .array($0.map { .string($0) }) }
        return try SearchRequest(
            body: JSONValue.object(body).serialized(), parameters: parameters, isIndexGiven: true)
    }
}

extension Int {
    fileprivate func addingClamped(_ other: Int) -> Int {
        let (sum, isTooLarge) = addingReportingOverflow(other)
        return isTooLarge ? .max : sum
    }
}
