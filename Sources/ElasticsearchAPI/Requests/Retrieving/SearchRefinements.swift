internal import Indices
internal import JSON
internal import Query

/// The members of a search body that combine, reorder and thin out results, as they are read.
struct SearchRefinements {
    /// The older form of rank fusion.
    struct Rank {
        var constant = FusedRetriever.defaultRankConstant
        var window = FusedRetriever.defaultWindow
    }

    var retriever: Retriever?
    /// What of the retriever is not allowed.
    var retrieverViolations: [String] = []
    var rank: Rank?
    var subSearches: [Query]?
    var rescorers: [Rescorer]?
    private var postFilter: Query?
    var collapse: Collapse?
    private var indexBoosts: [Search.IndexBoost] = []
    var terminateAfter: Int?
    var slice: Slice?

    /// Whether they tell which documents are hits.
    var findsDocuments: Bool { retriever != nil || subSearches != nil }

    private enum RankKey: String, BodyKey {
        case constant = "rank_constant"
        case window = "rank_window_size"
    }

    private enum SubSearchKey: String, BodyKey {
        case query
    }

    // MARK: Reading

    mutating func setRetriever(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        let decoder = RetrieverDecoder(queries)
        retriever = try decoder.retriever(field.value)
        retrieverViolations = decoder.violations
    }

    mutating func setRank(_ field: Field) throws(ParseError) {
        var rank = Rank()
        for method in try field.value.members(of: .search) {
            guard method.name == "rrf" else {
                throw ParseError(.content, "unknown field [\(method.name)]", at: method.path, isAtKey: true)
            }
            for (key, field) in try method.value.fields(RankKey.self, of: .object("rrf")) {
                switch key {
                case .constant: rank.constant = try field.rankConstant()
                case .window: rank.window = try field.int()
                }
            }
        }
        self.rank = rank
    }

    mutating func setSubSearches(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        guard let elements = field.value.elements else { throw field.unexpected }
        var searches: [Query] = []
        for element in elements {
            for (key, field) in try element.fields(SubSearchKey.self, of: .object("sub_search")) {
                switch key {
                case .query: searches.append(try queries.query(field.value))
                }
            }
        }
        subSearches = searches
    }

    mutating func setRescorers(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        rescorers = try [Rescorer](field, queries)
    }

    mutating func setPostFilter(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        postFilter = try queries.query(field.value)
    }

    mutating func setCollapse(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        collapse = try Collapse(field, queries)
    }

    mutating func setSlice(_ field: Field) throws(ParseError) { slice = try Slice(field, by: .place) }

    mutating func setTerminateAfter(_ field: Field) throws(ParseError) { terminateAfter = try field.terminateAfter() }

    /// An object, or a list of objects with a member each.
    mutating func setIndexBoosts(_ field: Field) throws(ParseError) {
        guard field.element.kind == .object || field.element.kind == .array else { throw field.unexpected }
        for node in field.oneOrMany() {
            for boost in try node.members(of: .search) {
                indexBoosts.append(Search.IndexBoost(boost.name, boost: try boost.float()))
            }
        }
    }

    mutating func override(with parameters: QueryParameters) throws(ElasticsearchError) {
        guard let limit = try parameters.int("terminate_after") else { return }
        guard limit >= 0 else { throw .illegalArgument("terminateAfter must be > 0") }
        terminateAfter = limit == 0 ? nil : limit
    }

    // MARK: Putting together

    /// - Parameter size: as the request has it.
    /// - Throws: what Elasticsearch says to members that do not go together at all.
    func apply(to search: inout Search, size: Int?, isPointInTime: Bool) throws(ParseError) {
        search.retriever = retriever
        search.rescorers = rescorers ?? []
        search.postFilter = postFilter
        search.collapse = collapse
        search.indexBoosts = indexBoosts
        search.terminateAfter = terminateAfter
        if size == nil, let window = retriever?.window { search.size = max(0, window) }
        if let subSearches {
            guard search.query == nil else {
                throw .argument("cannot specify field [query] and field [sub_searches]")
            }
            if rank == nil { search.query = subSearches.first }
        }
        if var slice {
            if slice.basis == .place, !isPointInTime { slice.basis = .id }
            search = search.sliced(by: slice)
        }
    }

    /// The search with its result sets fused, where `rank` asks for that.
    func fused(_ search: Search) -> Search {
        guard let rank else { return search }
        let queries = (subSearches ?? search.query.map { [$0] } ?? []).map { query in
            Retriever(.standard(StandardRetriever(query: query)))
        }
        let vectors = search.knn.map { Retriever(.knn($0.knn), name: $0.name) }
        var fused = search
        fused.query = nil
        fused.knn = []
        fused.showsRanks = true
        fused.retriever = Retriever(
            .fused(
                FusedRetriever(
                    .rrf(constant: rank.constant), children: (queries + vectors).map { FusedRetriever.Child($0) },
                    window: rank.window)))
        return fused
    }
}
