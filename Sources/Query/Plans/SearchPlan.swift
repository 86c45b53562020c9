public import Mapping

/// A search bound to a mapping. What to fetch of the winners is not part of it.
public struct SearchPlan: Equatable, Sendable {
    /// A top-level `knn`: the global top k join the query's matches.
    public struct KNNClause: Equatable, Sendable {
        public var plan: KNNPlan
        public var boost: Float
        public var name: String?

        public init(_ plan: KNNPlan, boost: Float = 1, name: String? = nil) {
            self.plan = plan
            self.boost = boost
            self.name = name
        }
    }

    /// Nil: only the `knn` clauses find documents.
    public var query: QueryPlan?
    /// One for each of the search's, nil where it finds nothing: its field holds no vectors, or nothing passes its
    /// filter.
    public var knn: [KNNClause?]
    public var minimumScore: Float?
    public var order: DocumentOrder
    /// `search_after` by the order's keys; nil where it is not given, or no field takes part.
    public var after: [SortKey]?
    public var aggregations: [AggregationPlan]
    /// The nested objects that are shown with hits.
    public var innerHits: [InnerHitsPlan] = []
    /// What is searched at all; nil: every document.
    public var scope: QueryPlan?
    /// What hits must match, and aggregations need not.
    public var postFilter: QueryPlan?
    public var rescorers: [RescorePlan] = []
    /// What documents of one group have in common; nil: every document is a hit.
    public var group: OrderKey?
    /// How many documents of a shard are looked at; nil: all.
    public var terminateAfter: Int?
    /// Runtime fields that the search asks for, each after those that it is computed of: to be there before anything is looked for.
    public var runtime: [DerivedField] = []
    /// What is computed of the documents that match, for the order and the aggregations.
    public var derived: [DerivedField] = []
    public var scriptFields: [ScriptFieldPlan] = []
    /// The mapping as this search sees it; nil: the index's.
    public var mapping: Mapping?

    /// Whether nothing but the query, the `knn` clauses and the order makes hits: what else there is costs more than is foreseen.
    public var isPlain: Bool {
        aggregations.isEmpty && innerHits.isEmpty && postFilter == nil && rescorers.isEmpty && group == nil && runtime.isEmpty
            && derived.isEmpty && scriptFields.isEmpty
    }

    public init(
        query: QueryPlan?, knn: [KNNClause?] = [], minimumScore: Float? = nil, order: DocumentOrder = .best,
        aggregations: [AggregationPlan] = []
    ) {
        self.query = query
        self.knn = knn
        self.minimumScore = minimumScore
        self.order = order
        self.aggregations = aggregations
    }
}
