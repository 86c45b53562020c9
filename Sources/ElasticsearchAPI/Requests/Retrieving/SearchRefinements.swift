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
    private var retrieverViolations: [String] = []
    private var rank: Rank?
    private var subSearches: [Query]?
    private var rescorers: [Rescorer]?
    private var postFilter: Query?
    private var collapse: Collapse?
    private var indexBoosts: [Search.IndexBoost] = []
    private var terminateAfter: Int?
    private var slice: Slice?

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

    mutating func setSlice(_ field: Field) throws(ParseError) { slice = try Slice(field) }

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
    func apply(to search: inout Search, size: Int?) throws(ParseError) {
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
        if let slice { search = search.filtered(by: Query(.slice(slice))) }
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

    /// What may not be asked for together, in the words of Elasticsearch's validation.
    ///
    /// - Parameters:
    ///   - search: with what was asked for, before anything is fused.
    ///   - size: as the request has it.
    ///   - allowsPartialResults: nil where the request does not say.
    func violations(
        _ search: Search, size: Int?, isScroll: Bool, isPointInTime: Bool, allowsPartialResults: Bool?
    ) -> [String] {
        var violations: [String] = []
        if let retriever {
            violations += retriever.violations(
                size: size, isScroll: isScroll, allowsPartialResults: allowsPartialResults ?? false)
            violations += retrieverViolations
            let given = membersBesideRetriever(search)
            if !given.isEmpty { violations.append("cannot specify [retriever] and [\(given.joined(separator: ", "))]") }
        }
        if isScroll {
            if rescorers?.isEmpty == false { violations.append("using [rescore] is not allowed in a scroll context") }
            if collapse != nil { violations.append("cannot use `collapse` in a scroll context") }
        }
        if slice != nil, !isScroll, !isPointInTime {
            violations.append("[slice] can only be used with [scroll] or [point-in-time] requests")
        }
        if rank == nil, subSearches?.count ?? 0 > 1 { violations.append("[sub_searches] requires [rank]") }
        if let rank { violations += rankViolations(rank, search, isScroll: isScroll) }
        return violations
    }

    private func membersBesideRetriever(_ search: Search) -> [String] {
        var given: [String] = []
        if search.query != nil || subSearches != nil { given.append("query") }
        if !search.knn.isEmpty { given.append("knn") }
        if search.searchAfter != nil { given.append("search_after") }
        if terminateAfter != nil { given.append("terminate_after") }
        if search.sort != nil { given.append("sort") }
        if rank != nil { given.append("rank") }
        if rescorers != nil { given.append("rescore") }
        return given
    }

    private func rankViolations(_ rank: Rank, _ search: Search, isScroll: Bool) -> [String] {
        var violations: [String] = []
        if search.size == 0 { violations.append("[rank] requires [size] greater than [0]") }
        if search.size > rank.window {
            violations.append(
                "[rank] requires [rank_window_size: \(rank.window)] be greater than or equal to [size: \(search.size)]")
        }
        if (subSearches?.count ?? (search.query == nil ? 0 : 1)) + search.knn.count < 2 {
            violations.append(
                "[rank] requires a minimum of [2] result sets using a combination of sub searches and/or knn searches")
        }
        if isScroll { violations.append("[rank] cannot be used in a scroll context") }
        if rescorers?.isEmpty == false { violations.append("[rank] cannot be used with [rescore]") }
        return violations
    }
}

extension Retriever {
    /// What a compound retriever does not allow.
    fileprivate func violations(size: Int?, isScroll: Bool, allowsPartialResults: Bool) -> [String] {
        guard let window else { return [] }
        var violations: [String] = []
        // Ten hits are wanted where nothing is said.
        let size = size ?? 10
        if size > window {
            violations.append(
                "[\(kindName)] requires [\(windowName): \(window)] be greater than or equal to [size: \(size)]")
        }
        if allowsPartialResults {
            violations.append("cannot specify [\(kindName)] and [allow_partial_search_results]")
        }
        if isScroll { violations.append("cannot specify [\(kindName)] and [scroll]") }
        if window < 0 { violations.append("[\(windowName)] parameter cannot be negative, found [\(window)]") }
        for child in children {
            violations += child.violations(size: size, isScroll: isScroll, allowsPartialResults: allowsPartialResults)
            guard let childWindow = child.window, window > childWindow else { continue }
            violations.append(
                "[\(kindName)] requires [\(windowName): \(window)] to be smaller than or equal to its sub retriever's "
                    + "\(child.kindName) [\(child.windowName): \(childWindow)]")
        }
        return violations
    }

    /// What the window is called in a request.
    private var windowName: String {
        if case .rescorer = kind { "window_size" } else { "rank_window_size" }
    }
}

extension Slice {
    private enum Key: String, BodyKey {
        case field, id, max
    }

    /// Elasticsearch's `index.max_slices_per_scroll`.
    static let maximumCount = 1024

    /// A `slice` member. Whatever field is named, documents are told apart by their places.
    init(_ field: Field) throws(ParseError) {
        var number = -1, count = 0
        for (key, field) in try field.value.fields(Key.self, of: .object("slice")) {
            switch key {
            case .field: _ = try field.string()
            case .id: number = try field.int()
            case .max: count = try field.int()
            }
        }
        guard number >= 0 else { throw .argument("id must be greater than or equal to 0", at: field.path) }
        guard count > 1 else { throw .argument("max must be greater than 1", at: field.path) }
        guard count > number else { throw .argument("max must be greater than id", at: field.path) }
        guard count <= Self.maximumCount else {
            throw .argument(
                "The number of slices [\(count)] is too large. It must be less than [\(Self.maximumCount)]. This limit can be set "
                    + "by changing the [index.max_slices_per_scroll] index level setting.",
                at: field.path)
        }
        self.init(number: number, count: count)
    }
}

extension Field {
    /// Nil for 0, which is no limit.
    func terminateAfter() throws(ParseError) -> Int? {
        let limit = try int()
        guard limit >= 0 else { throw .argument("terminateAfter must be > 0", at: path) }
        return limit == 0 ? nil : limit
    }
}
