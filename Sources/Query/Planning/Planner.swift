public import Mapping
public import Scripts

/// Binds queries to a mapping.
///
/// What a mapping does not know matches nothing; what can be decided before the shards are asked is decided here.
public struct Planner: Sendable {
    let mapping: Mapping
    /// What `now` means in dates: milliseconds since 1970-01-01T00:00Z.
    let now: Int64
    /// The request's `size`, the default of a kNN query's `k`.
    let size: Int
    /// The most values of a `terms` query: `index.max_terms_count`.
    let maximumTerms: Int
    /// The most inner hits of a hit: `index.max_inner_result_window`.
    let maximumInnerHits: Int
    /// The most characters of a regular expression: `index.max_regex_length`.
    let maximumRegexpLength: Int
    /// What `_index` is.
    let indexName: String?
    /// The paths of the nested objects that queries are of, outermost first; none: of documents.
    var scope: [String] = []

    /// `search.allow_expensive_queries`.
    public var allowsExpensiveQueries = true
    /// The place of the shard that is planned for among all of the search, and how many they are: only slices are planned by shard.
    public var shardPosition = 0
    public var shardCount = 1

    /// What the search has computed.
    let computed: [ComputedField]
    let storedScript: @Sendable (String) -> Script?

    public static let defaultMaximumTerms = 65_536

    public static let defaultMaximumInnerHits = 100

    public static let defaultMaximumRegexpLength = 1000

    /// - Parameter storedScript: a stored script by its id.
    public init(
        mapping: Mapping, now: Int64, size: Int = 10, maximumTerms: Int = Self.defaultMaximumTerms,
        maximumInnerHits: Int = Self.defaultMaximumInnerHits, maximumRegexpLength: Int = Self.defaultMaximumRegexpLength, indexName: String? = nil,
        runtime: RuntimeFields = RuntimeFields(), computed: [ComputedField] = [],
        storedScript: @escaping @Sendable (String) -> Script? = { _ in nil }
    ) {
        var searched = runtime
        for field in computed {
            // What changes whole numbers may make decimals of them.
            var type = field.type
            if type == nil, case .changed(let path, _) = field.kind {
                switch mapping.field(path)?.type {
                case .keyword?, .text?: type = "keyword"
                case .date?: type = "date"
                default: type = "double"
                }
            }
            searched.add(field.name, type: type ?? "keyword")
        }
        self.mapping = mapping.searched(with: searched)
        self.computed = computed
        self.storedScript = storedScript
        self.now = now
        self.size = size
        self.maximumTerms = maximumTerms
        self.maximumInnerHits = maximumInnerHits
        self.maximumRegexpLength = maximumRegexpLength
        self.indexName = indexName
    }

    /// - Throws: `PlanningError`.
    public func plan(_ search: Search) throws(PlanningError) -> SearchPlan {
        let clauses = try search.knn.map { clause throws(PlanningError) in
            let k = clause.knn.k ?? size
            let plan = try plan(clause.knn, k: k, candidates: clause.knn.candidates ?? KNNQuery.defaultCandidates(k: k))
            return plan.map { SearchPlan.KNNClause($0, boost: clause.boost, name: clause.name) }
        }
        let query = try search.query.map { query throws(PlanningError) in try plan(query) }
        var bound = SearchPlan(
            query: query ?? (search.knn.isEmpty ? .matchAll : nil), knn: clauses, minimumScore: search.minimumScore,
            order: try search.sort.map { sort throws(PlanningError) in try order(sort) } ?? .best,
            aggregations: try plan(search.aggregations))
        bound.innerHits = try innerHits(search, clauses)
        bound.scriptFields = try plan(search.fetch.scriptFields)
        bound.postFilter = try search.postFilter.map { filter throws(PlanningError) in try plan(filter) }
        bound.rescorers = try search.rescorers.map { rescorer throws(PlanningError) in try plan(rescorer) }
        bound.group = try search.collapse.map { collapse throws(PlanningError) in try groupKey(collapse) }
        bound.scope = try search.scope.map { scope throws(PlanningError) in try plan(scope) }
        // Whatever may ask for computed fields has been planned.
        bound.derived = try derivedFields()
        bound.runtime = try runtimeFields()
        bound.mapping = mapping.runtime.isEmpty ? nil : mapping
        _ = try docValues(search.fetch.docValueFields)
        try check(search.fetch.fields)
        bound.after = try search.searchAfter.flatMap { values throws(PlanningError) in try place(values, in: bound.order) }
        bound.terminateAfter = search.terminateAfter
        return bound
    }

    /// - Throws: `PlanningError`.
    public func plan(_ query: Query) throws(PlanningError) -> QueryPlan {
        let plan = try plan(query.kind)
        let boosted = query.boost == 1 || plan == .matchNone ? plan : .boosted(plan, by: query.boost)
        return query.name.map { .named(boosted, $0) } ?? boosted
    }

    private func plan(_ kind: Query.Kind) throws(PlanningError) -> QueryPlan {
        if !allowsExpensiveQueries { try checkExpense(of: kind) }
        switch kind.resolved(by: mapping) {
        case .matchAll: return .matchAll
        case .matchNone: return .matchNone
        case .term(let term): return try plan(term)
        case .terms(let terms): return try plan(terms)
        case .range(let range): return try plan(range)
        case .exists(let field): return try exists(field)
        case .ids(let ids): return ids.isEmpty ? .matchNone : .ids(ids)
        case .bool(let bool): return try plan(bool)
        case .constantScore(let filter):
            let plan = try plan(filter)
            return plan == .matchNone ? plan : .constantScore(plan)
        case .match(let match): return try plan(match)
        case .multiMatch(let query): return try plan(query)
        case .queryString(let query): return try plan(query)
        case .pattern(let pattern): return try plan(pattern)
        case .fuzzy(let fuzzy): return try plan(fuzzy)
        case .geo(let geo): return try plan(geo)
        case .disMax(let queries, let tieBreaker):
            let plans = try queries.map { query throws(PlanningError) in try plan(query) }.filter { $0 != .matchNone }
            return plans.isEmpty ? .matchNone : plans.count == 1 ? plans[0] : .disMax(plans, tieBreaker: tieBreaker)
        case .boosting(let positive, let negative, let boost):
            let (wanted, unwanted) = (try plan(positive), try plan(negative))
            if wanted == .matchNone || unwanted == .matchNone { return wanted }
            return .boosting(wanted, negative: unwanted, by: boost)
        case .functionScore(let query): return try plan(query)
        case .semantic(let query): return try plan(query)
        case .knn(let knn) where mapping.semanticFields[knn.field] != nil: return try planChunks(knn)
        case .knn(let knn):
            let k = knn.k ?? min(size, knn.candidates ?? size)
            return try plan(knn, k: k, candidates: knn.candidates ?? KNNQuery.defaultCandidates(k: k)).map { .knn($0) }
                ?? .matchNone
        case .scriptScore(let script): return try plan(script)
        case .positions(let query): return try plan(query)
        case .moreLikeThis(let query): return try plan(query)
        case .nested(let nested): return try plan(nested)
        case .feature(let feature): return try plan(feature)
        case .ranked(let ranked):
            let others = try ranked.others.map { query throws(PlanningError) in try plan(query) }
            return .ranked(RankedPlan(documents: ranked.documents, others: others.filter { $0 != .matchNone }))
        case .slice(let slice): return try plan(slice)
        case .script(let script): return try plan(script)
        case .termsSet(let query): return try plan(query)
        case .join(let query): return try plan(query)
        }
    }

    private func plan(_ bool: BoolQuery) throws(PlanningError) -> QueryPlan {
        func plans(_ queries: [Query]) throws(PlanningError) -> [QueryPlan] {
            try queries.map { query throws(PlanningError) in try plan(query) }
        }
        let implied = bool.must.isEmpty && bool.filter.isEmpty && !bool.should.isEmpty ? 1 : 0
        return simplified(
            BoolPlan(
                must: try plans(bool.must), filter: try plans(bool.filter), should: try plans(bool.should),
                mustNot: try plans(bool.mustNot),
                minimumShouldMatch: bool.minimumShouldMatch?.count(of: bool.should.count) ?? implied))
    }

    /// The plan without clauses that cannot make a difference.
    func simplified(_ plan: BoolPlan) -> QueryPlan {
        var bound = plan
        bound.mustNot.removeAll { $0 == .matchNone }
        let isImpossible =
            bound.must.contains(.matchNone) || bound.filter.contains(.matchNone)
            || bound.minimumShouldMatch > bound.should.count
        if isImpossible { return .matchNone }
        let hasNoClause = bound.must.isEmpty && bound.filter.isEmpty && bound.should.isEmpty && bound.mustNot.isEmpty
        return hasNoClause ? .matchAll : .bool(bound)
    }

    func exists(_ path: String) throws(PlanningError) -> QueryPlan {
        try checkExpense(ofField: path)
        if path == "_id" || path == "_index" || path == "_source" { return .matchAll }
        if path == "_ignored" { return .exists(fields: [path]) }
        let leaves = mapping.fields(matching: path)
        let fields = leaves.isEmpty ? mapping.fields(matching: path + ".*") : leaves
        var paths: [String] = []
        for (path, field) in fields {
            guard case .served(let served) = field.type else {
                paths.append(path)
                continue
            }
            switch served.existence {
            case .everything: return .matchAll
            case .nothing: break
            default: paths.append(mapping.target(of: path))
            }
        }
        return paths.isEmpty ? .matchNone : .exists(fields: paths)
    }
}
