internal import Mapping
internal import JSON
public import Query

/// A `_search` request: what is looked for, and how the answer is written.
public struct SearchRequest: Equatable, Sendable {
    public var search: Search
    public var format: SearchFormat

    /// - Parameters:
    ///   - body: JSON; nil where the request has none.
    ///   - parameters: those of the URL. They win over the body.
    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?, parameters: QueryParameters) throws(ElasticsearchError) {
        var decoded = SearchRequestBody()
        if let body {
            decoded = try JSONBody.decode(body) { (root) throws(ParseError) in try SearchRequestBody(root) }
        }
        try decoded.override(with: parameters)
        do {
            search = try decoded.search()
        } catch {
            throw error.located(in: [])
        }
        if let type = parameters["search_type"], type != "query_then_fetch", type != "dfs_query_then_fetch" {
            throw .illegalArgument("No search type for [\(type)]")
        }
        if !search.knn.isEmpty, parameters["search_type"] != nil {
            throw .illegalArgument(
                "cannot set [search_type] when using [knn] search, since the search type is determined automatically")
        }
        format = try SearchFormat(parameters, omitsIdentity: decoded.omitsIdentity)
    }
}

/// The body of `_search` as it is read, before the defaults that depend on several members.
struct SearchRequestBody {
    private var query: Query?
    private var knn: [KNNMembers] = []
    private var from = 0
    private var size = 10
    private var minimumScore: Float?
    private var trackTotalHits = Search.TrackTotalHits.upTo(10_000)
    private var fetch = Fetch()
    private var isProfiled = false
    /// `stored_fields: _none_` asks for hits without `_id` and `_source`.
    private(set) var omitsIdentity = false

    enum Key: String, BodyKey {
        case query, knn, from, size, fields, timeout, version, explain, profile
        case minimumScore = "min_score"
        case source = "_source"
        case storedFields = "stored_fields"
        case trackTotalHits = "track_total_hits"
        case trackScores = "track_scores"
        case sequenceNumber = "seq_no_primary_term"
    }

    init() {}

    init(_ root: Node) throws(ParseError) {
        let queries = QueryDecoder()
        var isSourceGiven = false
        for (key, field) in try root.fields(Key.self, of: .search) {
            switch key {
            case .query: query = try queries.query(field.value)
            case .knn: knn = try Self.knn(field, queries)
            case .from: from = try field.int()
            case .size: size = try field.int()
            case .minimumScore: minimumScore = try field.float()
            case .source:
                fetch.source = try SourceFilter(field)
                isSourceGiven = true
            case .fields: fetch.fields = try FieldRequest.list(field)
            case .storedFields: try setStoredFields(field)
            case .trackTotalHits: trackTotalHits = try Search.TrackTotalHits(field)
            case .version: fetch.version = try field.bool()
            case .sequenceNumber: fetch.sequenceNumber = try field.bool()
            case .timeout: try Self.checkTimeout(field)
            // Scores are computed for every order that exists yet.
            case .trackScores: _ = try field.bool()
            case .profile: isProfiled = try field.bool()
            case .explain: guard try !field.bool() else { throw field.unexpected }
            }
        }
        if omitsIdentity, isSourceGiven, fetch.source != .none {
            throw .argument("[stored_fields] cannot be disabled if [_source] is requested")
        }
        if omitsIdentity { fetch.source = .none }
    }

    private static func knn(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> [KNNMembers] {
        guard field.element.kind == .object || field.element.kind == .array else { throw field.unexpected }
        var clauses: [KNNMembers] = []
        for node in field.oneOrMany() { clauses.append(try KNNMembers(node, queries)) }
        return clauses
    }

    private mutating func setStoredFields(_ field: Field) throws(ParseError) {
        let names = try field.strings()
        guard names == ["_none_"] || names.isEmpty else { throw field.unexpected }
        omitsIdentity = names == ["_none_"]
        if names.isEmpty { fetch.source = .none }
    }

    private static func checkTimeout(_ field: Field) throws(ParseError) {
        let text = try field.text()
        guard TimeValue.parse(text) != nil || text == "-1" else {
            throw .argument(
                "failed to parse setting [timeout] with value [\(text)] as a time value: unit is missing or unrecognized",
                at: field.path)
        }
    }

    mutating func override(with parameters: QueryParameters) throws(ElasticsearchError) {
        from = try parameters.int("from") ?? from
        size = try parameters.int("size") ?? size
        fetch.version = try parameters.bool("version") ?? fetch.version
        fetch.sequenceNumber = try parameters.bool("seq_no_primary_term") ?? fetch.sequenceNumber
        if let source = try SourceFilter(parameters) { fetch.source = source }
        if let track = try Search.TrackTotalHits(parameters) { trackTotalHits = track }
    }

    /// - Throws: what Elasticsearch says to values that do not go together.
    func search() throws(ParseError) -> Search {
        guard from >= 0 else { throw .argument("[from] parameter cannot be negative but was [\(from)]") }
        guard size >= 0 else { throw .argument("[size] parameter cannot be negative, found [\(size)]") }
        var clauses: [Search.KNNClause] = []
        for members in knn { clauses.append(try clause(members)) }
        return Search(
            query: query, knn: clauses, from: from, size: size, minimumScore: minimumScore,
            trackTotalHits: trackTotalHits, fetch: fetch, isProfiled: isProfiled)
    }

    /// Top-level `k` is the request's size where it is not given, and `num_candidates` follows it.
    private func clause(_ members: KNNMembers) throws(ParseError) -> Search.KNNClause {
        let vector: QueryVector
        switch (members.vector, members.builder) {
        case (let given?, nil): vector = given
        case (nil, let builder?): vector = builder
        case (nil, nil): throw .argument("either [query_vector_builder] or [query_vector] must be provided")
        case (_?, _?): throw .argument("cannot provide both [query_vector_builder] and [query_vector]")
        }
        let k = members.k ?? size
        let candidates = members.candidates ?? KNNQuery.defaultCandidates(k: max(0, k))
        try members.checkBounds(k: k, candidates: candidates)
        return members.options.clause(members.query(vector, k: k, candidates: candidates))
    }
}
