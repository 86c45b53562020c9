internal import Indices
internal import Mapping
internal import JSON
internal import Query

/// The body of `_search` as it is read, before the defaults that depend on several members.
struct SearchRequestBody {
    private var query: Query?
    private var knn: [KNNMembers] = []
    private var from = 0
    private var size: Int?
    private var minimumScore: Float?
    private var trackTotalHits = Search.TrackTotalHits.upTo(10_000)
    private var fetch = Fetch()
    private var isProfiled = false
    private var sort: Sort?
    private var searchAfter: [SortValue]?
    private var tracksScores = false
    private var aggregations: [Aggregation] = []
    private var refinements = SearchRefinements()
    /// What the aggregations' scripts compute.
    private var computed: [ComputedField] = []
    private var runtime = RuntimeFields()
    private var suggestions: [Suggestion] = []
    private(set) var pointInTime: SearchOptions.PointInTime?
    /// `stored_fields: _none_` asks for hits without `_id` and `_source`.
    private(set) var omitsIdentity = false
    private var isSourceGiven = false
    private(set) var timeout: Duration?

    enum Key: String, BodyKey {
        case query, knn, from, size, fields, timeout, version, explain, profile, sort, aggs, aggregations, highlight, suggest
        case retriever, rank, rescore, collapse, slice, stats, ext
        case subSearches = "sub_searches"
        case postFilter = "post_filter"
        case indexBoosts = "indices_boost"
        case terminateAfter = "terminate_after"
        case searchAfter = "search_after"
        case pointInTime = "pit"
        case minimumScore = "min_score"
        case source = "_source"
        case storedFields = "stored_fields"
        case docValueFields = "docvalue_fields"
        case scriptFields = "script_fields"
        case runtimeMappings = "runtime_mappings"
        case trackTotalHits = "track_total_hits"
        case trackScores = "track_scores"
        case sequenceNumber = "seq_no_primary_term"
    }

    init() {}

    init(_ root: Node) throws(ParseError) {
        let queries = QueryDecoder()
        for (key, field) in try root.fields(Key.self, of: .search) {
            switch key {
            case .query: query = try queries.query(field.value)
            case .knn: knn = try Self.knn(field, queries)
            case .from: from = try field.int()
            case .size: size = try field.int()
            case .minimumScore: minimumScore = try field.float()
            case .source:
                fetch.take(try SourceRequest(field))
                isSourceGiven = true
            case .fields: fetch.fields += try FieldRequest.list(field)
            case .docValueFields: fetch.docValueFields += try FieldRequest.list(field)
            case .storedFields: try setStoredFields(field)
            case .trackTotalHits: trackTotalHits = try Search.TrackTotalHits(field)
            case .version: fetch.version = try field.bool()
            case .sequenceNumber: fetch.sequenceNumber = try field.bool()
            case .timeout: timeout = try Self.timeout(field)
            case .trackScores: tracksScores = try field.bool()
            case .sort: sort = try Sort(field, queries)
            case .aggs, .aggregations:
                var scripts = AggregationScripts()
                aggregations = try AggregationDecoder(queries: queries).aggregations(try scripts.lowered(field))
                computed = scripts.fields
            case .scriptFields: fetch.scriptFields = try ScriptField.list(field)
            case .runtimeMappings: runtime = try RuntimeFields(field)
            case .searchAfter: searchAfter = try [SortValue](searchAfter: field)
            case .pointInTime: pointInTime = try SearchOptions.PointInTime(field)
            case .profile: isProfiled = try field.bool()
            case .retriever: try refinements.setRetriever(field, queries)
            case .rank: try refinements.setRank(field)
            case .subSearches: try refinements.setSubSearches(field, queries)
            case .rescore: try refinements.setRescorers(field, queries)
            case .postFilter: try refinements.setPostFilter(field, queries)
            case .collapse: try refinements.setCollapse(field, queries)
            case .indexBoosts: try refinements.setIndexBoosts(field)
            case .terminateAfter: try refinements.setTerminateAfter(field)
            case .slice: try refinements.setSlice(field)
            // Names for statistics, which are not kept by name.
            case .stats: _ = try field.strings()
            case .ext:
                if let extension_ = try field.value.members(of: .search).first {
                    throw ParseError(.content, "unknown field [\(extension_.name)]", at: extension_.path, isAtKey: true)
                }
            case .explain: fetch.explains = try field.bool()
            case .suggest: suggestions = try Suggestion.list(field)
            case .highlight: fetch.highlight = try Highlight(field.value, queries)
            }
        }
    }

    private static func knn(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> [KNNMembers] {
        guard field.element.kind == .object || field.element.kind == .array else { throw field.unexpected }
        var clauses: [KNNMembers] = []
        for node in field.oneOrMany() { clauses.append(try KNNMembers(node, queries)) }
        return clauses
    }

    private mutating func setStoredFields(_ field: Field) throws(ParseError) {
        try setStoredFields(try field.strings())
    }

    /// Stored fields are in the place of the source, unless both are asked for.
    private mutating func setStoredFields(_ names: [String]) throws(ParseError) {
        omitsIdentity = names == ["_none_"]
        guard omitsIdentity || !names.contains("_none_") else {
            throw .argument("cannot combine _none_ with other fields")
        }
        fetch.storedFields = names.filter { !$0.hasPrefix("_") }
        omitsSource = !names.contains("_source")
    }

    private var omitsSource = false

    private static func timeout(_ field: Field) throws(ParseError) -> Duration? {
        let text = try field.text()
        if text == "-1" { return nil }
        guard let timeout = TimeValue.parse(text) else {
            throw .argument(
                "failed to parse setting [timeout] with value [\(text)] as a time value: unit is missing or unrecognized",
                at: field.path)
        }
        return timeout
    }

    mutating func override(with parameters: QueryParameters) throws(ElasticsearchError) {
        query = try Query(parameters) ?? query
        if let suggestion = try Suggestion(parameters) { suggestions.append(suggestion) }
        try refinements.override(with: parameters)
        from = try parameters.int("from") ?? from
        size = try parameters.int("size") ?? size
        fetch.version = try parameters.bool("version") ?? fetch.version
        fetch.sequenceNumber = try parameters.bool("seq_no_primary_term") ?? fetch.sequenceNumber
        if let source = try SourceRequest(parameters) {
            fetch.take(source)
            isSourceGiven = true
        }
        tracksScores = try parameters.bool("track_scores") ?? tracksScores
        fetch.explains = try parameters.bool("explain") ?? fetch.explains
        fetch.scoresNamedQueries = try parameters.bool("include_named_queries_score") ?? false
        if let names = parameters.list("sort") { sort = try Sort(names) }
        fetch.docValueFields += (parameters.list("docvalue_fields") ?? []).map { FieldRequest(pattern: $0) }
        if let names = parameters.list("stored_fields") {
            do {
                try setStoredFields(names)
            } catch {
                throw error.located(in: [])
            }
        }
        if let track = try Search.TrackTotalHits(parameters) { trackTotalHits = track }
    }

    /// - Throws: what Elasticsearch says to values that do not go together.
    func search() throws(ParseError) -> Search {
        guard from >= 0 else { throw .argument("[from] parameter cannot be negative but was [\(from)]") }
        let size = self.size ?? Self.defaultSize
        guard size >= 0 else { throw .argument("[size] parameter cannot be negative, found [\(size)]") }
        if omitsIdentity, isSourceGiven, fetch.source != .none {
            throw .argument("[stored_fields] cannot be disabled if [_source] is requested")
        }
        var fetch = fetch
        if omitsSource || !fetch.scriptFields.isEmpty, !isSourceGiven { fetch.source = .none }
        fetch.omitsStoredFields = omitsIdentity
        var clauses: [Search.KNNClause] = []
        for members in knn { clauses.append(try clause(members)) }
        // Suggestions alone find no documents.
        let isOnlySuggesting =
            !suggestions.isEmpty && query == nil && knn.isEmpty && aggregations.isEmpty && !refinements.findsDocuments
        var search = Search(
            query: isOnlySuggesting ? Query(.matchNone) : query, knn: clauses, from: from, size: size, minimumScore: minimumScore,
            trackTotalHits: trackTotalHits, fetch: fetch, isProfiled: isProfiled, sort: totalSort(sort, after: searchAfter), searchAfter: searchAfter,
            tracksScores: tracksScores, aggregations: aggregations, suggestions: suggestions)
        search.runtime = runtime
        search.computed = computed + (sort?.computed ?? [])
        try refinements.apply(to: &search, size: self.size, isPointInTime: pointInTime != nil)
        return search
    }

    private static let defaultSize = 10

    /// What may not be asked for together.
    func violations(_ search: Search, isScroll: Bool, allowsPartialResults: Bool?) -> [String] {
        refinements.violations(
            search, size: size, isScroll: isScroll, isPointInTime: pointInTime != nil,
            allowsPartialResults: allowsPartialResults)
    }

    /// The search as it is carried out: result sets that are to be fused in a retriever, and a retriever that is nothing but a
    /// query in its place.
    func prepared(_ search: Search) -> Search {
        var prepared = refinements.fused(search).loweringRetriever
        if search.sort == nil, search.retriever != nil { prepared.sort = totalSort(prepared.sort, after: prepared.searchAfter) }
        return prepared
    }

    /// In a point in time, the place of a document decides among equals.
    private func totalSort(_ sort: Sort?, after searchAfter: [SortValue]?) -> Sort? {
        guard let sort, !sort.clauses.isEmpty else { return nil }
        guard pointInTime != nil, !sort.clauses.contains(where: { $0.key == .document || $0.key == .shardDocument }),
            searchAfter.map({ $0.count == sort.clauses.count + 1 }) ?? true
        else { return sort }
        var total = Sort(sort.clauses + [Sort.Clause(.shardDocument, .ascending)])
        total.computed = sort.computed
        return total
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
        let k = members.k ?? size ?? Self.defaultSize
        let candidates = members.candidates ?? KNNQuery.defaultCandidates(k: max(0, k))
        try members.checkBounds(k: k, candidates: candidates)
        return members.options.clause(
            members.query(vector, k: k, candidates: candidates), innerHits: members.innerHits)
    }
}
