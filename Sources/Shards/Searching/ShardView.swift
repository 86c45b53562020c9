public import FieldIndex
public import Mapping
public import Ordinals
public import Query
internal import Synchronization
internal import VectorIndex

/// A shard as it was at a refresh. Immutable: searches of one view see the same documents however long they take.
///
/// Rows that a view shows stay as long as it is held; let go of views that are no longer needed.
public final class ShardView: Sendable {
    let generation: Int
    /// The documents that are there.
    let live: OrdinalSet
    /// The nested objects that are in them.
    let nestedObjects: OrdinalSet
    /// What is indexed but for vectors. Its sets hold dead documents too.
    public let fields: FieldIndexView
    /// No ordinal of this view reaches it.
    let limit: UInt32
    let vectorFields: [String: VectorField]
    let vectorOrdinals: [String: OrdinalSet]
    let store: DocumentStore
    let counters: ShardCounters
    private let lease: ViewLease
    /// Numberings of keywords that were asked for.
    private let keywordViews = Mutex<[String: KeywordView]>([:])
    /// Those of objects' keys, of which documents' authors choose how many there are.
    let keyedViews = LatestFields<KeywordView>()
    /// Nested objects of paths that were asked for.
    let objectsByPath = Mutex<[String: OrdinalSet]>([:])
    /// Hashes of the documents' ids, once a slice by id was asked for.
    let sliceHashes = Mutex(SliceHashes())
    /// Fields that were computed for all documents.
    let derived = Mutex<[String: (fields: [DerivedField], segment: Segment?)]>([:])
    /// The view that this one adds a field to, and the field.
    private let beneath: (view: ShardView, overlaid: String)?

    init(_ state: ShardState, fields: FieldIndexView, store: DocumentStore, lease: ViewLease, counters: ShardCounters) {
        generation = state.generation
        live = state.live
        nestedObjects = state.nestedObjects
        limit = state.nextOrdinal
        self.fields = fields
        self.store = store
        vectorFields = state.vectorFields
        vectorOrdinals = state.vectorOrdinals
        self.counters = counters
        self.lease = lease
        beneath = nil
    }

    /// The same documents over other segments of them.
    convenience init(_ view: ShardView, fields: FieldIndexView) { self.init(view, fields: fields, beneath: nil, overlaid: "") }

    /// - Parameters:
    ///   - beneath: a view with the same keywords, but for those of one field.
    ///   - overlaid: that field.
    init(_ view: ShardView, fields: FieldIndexView, beneath: ShardView?, overlaid: String) {
        self.beneath = beneath.map { ($0, overlaid) }
        generation = view.generation
        live = view.live
        nestedObjects = view.nestedObjects
        limit = view.limit
        self.fields = fields
        store = view.store
        vectorFields = view.vectorFields
        vectorOrdinals = view.vectorOrdinals
        counters = view.counters
        lease = view.lease
    }

    /// The ordinals whose rows this view shows.
    var needed: OrdinalSet { nestedObjects.isEmpty ? live : live.union(nestedObjects) }

    /// Documents that this view shows.
    public var documentCount: Int { live.count }

    /// The documents that this view shows.
    public var documents: OrdinalSet { live }

    /// All documents that a query matches, for what counts and gathers them.
    ///
    /// - Throws: `ShardError`.
    public func documents(matching plan: QueryPlan) throws(ShardError) -> OrdinalSet {
        try documents(matching: plan, among: live)
    }

    /// Those of some documents, or nested objects, that a query matches.
    func documents(matching plan: QueryPlan, among accepted: OrdinalSet) throws(ShardError) -> OrdinalSet {
        try QueryExecutor(view: self).matches(plan, among: accepted).ordinals
    }

    /// Whether a document has a keyword.
    public func hasDocument(withTerm term: String, in field: String) -> Bool {
        !fields.documents(withAnyOf: [term], in: field).intersection(live).isEmpty
    }

    /// A field's keywords over all segments; nil where there are none.
    ///
    /// - Complexity: O(terms · segments) the first time, O(1) from then on.
    public func keywords(_ field: String) -> KeywordView? {
        if let beneath, beneath.overlaid != field { return beneath.view.keywords(field) }
        if let known = keywordViews.withLock({ $0[field] }) { return known }
        return keyedViews.value(field) {
            guard let made = fields.keywords(field) else { return nil }
            if fields.isKey(field) { return made }
            keywordViews.withLock { $0[field] = made }
            return nil
        } ?? keywordViews.withLock { $0[field] }
    }

    /// The nearest documents of this shard: a top-level `knn`'s first phase, to be merged with the other shards'.
    ///
    /// - Throws: `ShardError`.
    public func nearest(_ plan: KNNPlan) throws(ShardError) -> NearestDocuments {
        var found = try QueryExecutor(view: self).nearest(plan)
        if plan.nested != nil {
            // A document counts by the nearest of its objects.
            for index in found.documents.indices { found.documents[index].ordinal = document(of: found.documents[index].ordinal) }
        }
        return found
    }

    /// What matches a query, best first, and how many.
    ///
    /// - Parameters:
    ///   - query: nil if only `nearest` finds documents.
    ///   - nearest: this shard's share of each top-level `knn`'s merged result. Their documents match too; scores
    ///     times boost are added to the query's.
    ///   - limit: documents wanted, `from + size`.
    ///   - minimumScore: documents below it do not match.
    ///   - cursor: only documents after this place of the order.
    ///   - aggregations: carried out over all that matches.
    ///   - refinement: what makes hits of matches.
    ///   - derived: computed of all that matches, for the order and the aggregations.
    ///   - mapping: by which scripts read fields, where something is derived.
    ///   - maximumBuckets: that are answered in the end.
    /// - Throws: `ShardError`.
    public func search(
        _ query: QueryPlan?, nearest: [(documents: [ScoredOrdinal], boost: Float)] = [], limit: Int,
        minimumScore: Float? = nil, order: DocumentOrder = .best, after cursor: DocumentCursor? = nil,
        aggregations: [AggregationPlan] = [], refinement: HitRefinement = HitRefinement(),
        derived: [DerivedField] = [], mapping: Mapping? = nil, maximumBuckets: Int = AggregationReduction.maximumBuckets
    ) throws(ShardError) -> ShardHits {
        counters.searches.add(1, ordering: .relaxed)
        var clauses: [Matches] = []
        var work: [VectorWork] = []
        var scripted: Set<String> = []
        let executor = QueryExecutor(view: self, record: { work.append($0) }, recordScripted: { scripted.insert($0) })
        if let query { clauses.append(try executor.matches(query)) }
        for list in nearest { clauses.append(Matches(list.documents).boosted(by: list.boost)) }
        var matches = clauses.count == 1 ? clauses[0] : Matches.sum(clauses, over: Matches.union(clauses))
        if let minimumScore { matches = matches.scoring(atLeast: minimumScore) }
        let isTerminatedEarly = refinement.terminateAfter.map { matches.ordinals.count > $0 } ?? false
        if isTerminatedEarly, let count = refinement.terminateAfter { matches = matches.first(count) }
        let candidates =
            try refinement.postFilter.map { filter throws(ShardError) in
                matches.among(try executor.matches(filter, among: matches.ordinals).ordinals)
            } ?? matches
        var view = self
        if !derived.isEmpty, let mapping {
            view = try deriving(derived, mapping: mapping, of: matches.ordinals, scores: matches.eachScore)
        }
        let hits = try HitRanking(view: view, executor: executor, order: order, cursor: cursor, refinement: refinement)
            .first(limit, of: candidates)
        let top = hits.map(\.document)
        for field in scripted { try verify(top, in: field) }
        let scope = try refinement.scope.map { scope throws(ShardError) in try executor.matches(scope).ordinals } ?? live
        let aggregated =
            aggregations.isEmpty
            ? []
            : try AggregationExecutor(view: view, matches: matches, scope: scope, budget: BucketBudget(maximum: maximumBuckets))
                .run(aggregations, over: matches.ordinals)
        return ShardHits(
            documents: top, keys: order.keys.isEmpty ? [] : hits.map(\.keys), groups: hits.compactMap(\.group),
            total: candidates.ordinals.count, isTerminatedEarly: isTerminatedEarly, work: work, aggregations: aggregated)
    }

    /// What is answered by vectors is what was written, or an error.
    private func verify(_ documents: [ScoredOrdinal], in field: String) throws(ShardError) {
        do throws(VectorIndexError) {
            try vectorFields[field]?.index.verify(documents.lazy.map(\.ordinal))
        } catch {
            throw .vectors(field: field, error)
        }
    }

    /// Which of some documents the named parts of a plan match, and how they score them, for `matched_queries`.
    ///
    /// - Throws: `ShardError`.
    public func matchedQueries(_ plan: QueryPlan, among ordinals: [UInt32]) throws(ShardError) -> [UInt32: [MatchedQuery]] {
        var names: [UInt32: [MatchedQuery]] = [:]
        let accepted = ordinals.contains(where: { nestedObjects.contains($0) }) ? OrdinalSet(ordinals) : live
        for (name, plan) in plan.namedPlans {
            let matching = try QueryExecutor(view: self).matches(plan, among: accepted)
            let wanted = matching.among(OrdinalSet(ordinals).intersection(matching.ordinals))
            for (ordinal, score) in zip(wanted.ordinals, wanted.eachScore) {
                names[ordinal, default: []].append(MatchedQuery(name: name, score: score))
            }
        }
        return names
    }

    /// A named part of a query that a document matches, with the score that it alone gives.
    public struct MatchedQuery: Sendable {
        public var name: String
        public var score: Float

        public init(name: String, score: Float) {
            self.name = name
            self.score = score
        }
    }

    /// Whether some document that this view shows has a value of a field.
    public func hasValues(of field: String) -> Bool {
        let having = vectorOrdinals[field] ?? fields.documents(having: field)
        return !having.intersection(needed).isEmpty
    }

    /// Fields of which a value was left out when a document was indexed.
    ///
    /// - Complexity: O(segments) where no document has any.
    public func ignoredFields(of ordinal: UInt32) -> [String] {
        guard let keywords = keywords("_ignored") else { return [] }
        var names: [String] = []
        for part in keywords.parts {
            part.column.forEachBlock(of: [ordinal]) { _, ranks in
                for rank in ranks { names.append(keywords.term(Int(part.globalRank(rank)))) }
            }
        }
        return names
    }

    /// What a query matches, to be read page by page without scores.
    ///
    /// - Throws: `ShardError`.
    public func matches(_ query: QueryPlan, minimumScore: Float? = nil) throws(ShardError) -> MatchingDocuments {
        counters.searches.add(1, ordering: .relaxed)
        let matches = try QueryExecutor(view: self).matches(query)
        return MatchingDocuments((minimumScore.map { matches.scoring(atLeast: $0) } ?? matches).ordinals)
    }
}
