internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Carries aggregations out over the documents that a search matched.
struct AggregationExecutor {
    let view: ShardView
    /// The search's scores, for `top_hits`.
    let matches: Matches
    /// What is searched at all, for `global`.
    let scope: OrdinalSet
    /// What buckets count.
    let counts: DocumentCounts
    private let budget: BucketBudget

    init(view: ShardView, matches: Matches, scope: OrdinalSet, counts: DocumentCounts? = nil, budget: BucketBudget = BucketBudget()) {
        self.budget = budget
        self.view = view
        self.matches = matches
        self.scope = scope
        self.counts = counts ?? DocumentCounts(view.fields)
    }

    var values: ValueReader { ValueReader(view: view) }

    /// - Returns: a result for each plan, in order.
    /// - Throws: `ShardError`, `tooManyBuckets` among them.
    /// - Complexity: a pass over the documents' values for each plan, and for each bucket with plans below it.
    func run(_ plans: [AggregationPlan], over documents: OrdinalSet) throws(ShardError) -> [AggregationResult] {
        try plans.map { plan throws(ShardError) in
            let result = try run(plan, over: documents)
            try counting { () throws(AggregationFault) in try budget.spend(result) }
            return result
        }
    }

    private func run(_ plan: AggregationPlan, over documents: OrdinalSet) throws(ShardError) -> AggregationResult {
        switch plan.kind {
        case .terms(let terms): return .buckets(try self.terms(terms, plan, documents))
        case .composite(let composite): return .buckets(try self.composite(composite, plan, documents))
        case .histogram(let source, let histogram):
            return .buckets(try self.histogram(source, histogram, plan, documents))
        case .significantTerms(let terms): return .buckets(try significantTerms(terms, plan, documents))
        case .rareTerms(let terms): return .buckets(try rareTerms(terms, plan, documents))
        case .multiTerms(let terms): return .buckets(try multiTerms(terms, plan, documents))
        case .autoDateHistogram(let source, let histogram):
            return .buckets(try autoDateHistogram(source, histogram, plan, documents))
        case .variableWidthHistogram(let source, let histogram):
            return .buckets(try variableWidthHistogram(source, histogram, plan, documents))
        case .adjacencyMatrix(let matrix): return .buckets(try adjacencyMatrix(matrix, plan, documents))
        case .geoGrid(let source, let grid): return .buckets(try geoGrid(source, grid, plan, documents))
        case .addressRanges(let addresses):
            var slots: [AggregationResult.Slot] = []
            for range in addresses.ranges { slots.append(try slot(plan, view.documents(matching: range.plan, among: documents))) }
            return .slots(slots)
        case .addressPrefix(let prefix): return .buckets(try addressPrefix(prefix, plan, documents))
        case .matrixStatistics(let matrix): return .matrix(self.matrix(matrix, documents))
        case .geoDistance(let source, let distance): return .slots(try geoDistance(source, distance, plan, documents))
        case .ranges(let source, let ranges, _, let missing):
            return .slots(try self.ranges(ranges, plan, documents) { body in values.eachNumber(of: source, in: documents, missing: missing, body) })
        case .filter(let filter):
            return .slots([try slot(plan, view.documents(matching: filter, among: documents))])
        case .filters(let filters):
            var slots: [AggregationResult.Slot] = []
            var others = documents
            for filter in filters.filters {
                let found = try view.documents(matching: filter.plan, among: documents)
                others.subtract(found)
                slots.append(try slot(plan, found))
            }
            if filters.otherName != nil { slots.append(try slot(plan, others)) }
            return .slots(slots)
        case .missing(let source):
            return .slots([try slot(plan, documents.subtracting(values.documents(having: source)))])
        case .global:
            // The scores are of the query, which has none for most of these documents.
            return .slots([try AggregationExecutor(view: view, matches: Matches(scope, score: 1), scope: scope, counts: counts, budget: budget).slot(plan, scope)])
        case .sampler(let sampler): return .slots([try slot(plan, sample(sampler, documents))])
        case .cardinality, .metric, .topHits, .quantiles, .weightedAverage, .geoMetric, .stringStatistics, .topMetrics, .rate:
            return try metric(plan, documents)
        case .nested(let level):
            return .slots([try slot(plan, level.map { view.objects(of: $0, in: documents) } ?? [])])
        case .reverseNested(let level): return .slots([try slot(plan, view.parents(of: documents, level))])
        case .scriptedMetric(let scripted): return .scripted([try self.scripted(scripted, documents)])
        case .join(_, let join): return .slots([try slot(plan, join.map { join throws(ShardError) in try joined(join, documents) } ?? [])])
        case .tTest(let test): return .tTest(try tTest(test, documents))
        case .pipeline: return .absent
        }
    }

    /// Before so many buckets are made.
    ///
    /// - Throws: `ShardError.tooManyBuckets`.
    func check(_ count: Int) throws(ShardError) {
        try counting { () throws(AggregationFault) in try budget.check(count) }
    }

    private func counting(_ body: () throws(AggregationFault) -> Void) throws(ShardError) {
        do throws(AggregationFault) {
            try body()
        } catch .cancelled {
            throw .cancelled
        } catch {
            throw .tooManyBuckets(limit: budget.maximum)
        }
    }

    /// Documents with their scores; nested objects have their document's.
    func scored(_ documents: OrdinalSet) -> Matches {
        guard view.hasNested, let first = documents.first, view.nestedObjects.contains(first) else { return matches.among(documents) }
        let scores = Dictionary(uniqueKeysWithValues: zip(matches.ordinals, matches.eachScore))
        return Matches(documents, scores: .each(documents.map { scores[view.document(of: $0)] ?? 0 }))
    }

    func slot(_ plan: AggregationPlan, _ documents: OrdinalSet) throws(ShardError) -> AggregationResult.Slot {
        .init(count: counts.of(documents), results: try run(plan.subplans, over: documents))
    }
}
