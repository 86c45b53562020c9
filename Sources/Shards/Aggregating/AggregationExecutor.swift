internal import FieldIndex
internal import Mapping
internal import Ordinals
internal import Query

/// Carries aggregations out over the documents that a search matched.
struct AggregationExecutor {
    let view: ShardView
    /// The search's scores, for `top_hits`.
    let matches: Matches

    var values: ValueReader { ValueReader(view: view) }

    /// - Returns: a result for each plan, in order.
    /// - Throws: `ShardError`, `tooManyBuckets` among them.
    /// - Complexity: a pass over the documents' values for each plan, and for each bucket with plans below it.
    func run(_ plans: [AggregationPlan], over documents: OrdinalSet) throws(ShardError) -> [AggregationResult] {
        try plans.map { plan throws(ShardError) in try run(plan, over: documents) }
    }

    private func run(_ plan: AggregationPlan, over documents: OrdinalSet) throws(ShardError) -> AggregationResult {
        switch plan.kind {
        case .terms(let terms): return .buckets(try self.terms(terms, plan, documents))
        case .composite(let composite): return .buckets(try self.composite(composite, plan, documents))
        case .histogram(let source, let histogram):
            return .buckets(try self.histogram(source, histogram, plan, documents))
        case .ranges(let source, let ranges, _):
            var slots: [AggregationResult.Slot] = []
            for range in ranges { slots.append(try slot(plan, self.documents(in: range, of: source, documents))) }
            return .slots(slots)
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
        case .global: return .slots([try slot(plan, view.live)])
        case .cardinality(let source): return .distinct(distinct(source, documents))
        case .metric(let metric, let source, let missing): return .metric(summary(metric, source, missing, documents))
        case .scriptedMetric(let scripted): return .scripted([try self.scripted(scripted, documents)])
        case .topHits(let hits):
            // At most what one bucket may answer with, on each shard.
            let found = scored(documents)
            return .topHits(
                found.top(hits.from + hits.size).map { ScoredDocument(shard: 0, ordinal: $0.ordinal, score: $0.score) },
                total: documents.count)
        case .nested(let level):
            return .slots([try slot(plan, level.map { view.objects(of: $0, in: documents) } ?? [])])
        case .reverseNested(let level): return .slots([try slot(plan, view.parents(of: documents, level))])
        }
    }

    /// Documents with their scores; nested objects have their document's.
    private func scored(_ documents: OrdinalSet) -> Matches {
        guard view.hasNested, let first = documents.first, view.nestedObjects.contains(first) else { return matches.among(documents) }
        let scores = Dictionary(uniqueKeysWithValues: zip(matches.ordinals, matches.eachScore))
        return Matches(documents, scores: .each(documents.map { scores[view.document(of: $0)] ?? 0 }))
    }

    private func slot(_ plan: AggregationPlan, _ documents: OrdinalSet) throws(ShardError) -> AggregationResult.Slot {
        .init(count: documents.count, results: try run(plan.subplans, over: documents))
    }

    // MARK: Metrics

    private func summary(
        _ metric: Aggregation.Metric, _ source: ValuesSource, _ missing: Double?, _ documents: OrdinalSet
    ) -> MetricSummary {
        var summary = MetricSummary()
        if metric == .valueCount {
            var count = 0
            switch source.column {
            case .vectors: count = values.documents(having: source).intersection(documents).count
            case .none, .keywords, .longs, .doubles, .points: values.eachKey(of: source, in: documents) { _, _ in count += 1 }
            }
            if missing != nil { count += documents.subtracting(values.documents(having: source)).count }
            summary.add(count: count)
            return summary
        }
        values.eachNumber(of: source, in: documents) { _, value in summary.add(value) }
        if let missing {
            for _ in 0..<documents.subtracting(values.documents(having: source)).count { summary.add(missing) }
        }
        return summary
    }

    private func distinct(_ source: ValuesSource, _ documents: OrdinalSet) -> DistinctCount {
        var count = DistinctCount()
        if source.column == .keywords, let keywords = view.keywords(source.field) {
            // Each keyword once, however many documents have it.
            for (rank, documents) in keywords.counts(of: documents).enumerated() where documents > 0 {
                count.add(hash: DistinctCount.hash(keywords.term(rank).utf8))
            }
            return count
        }
        values.eachKey(of: source, in: documents) { _, key in count.add(hash: key.distinctHash) }
        return count
    }

    private func documents(in range: RangePlan, of source: ValuesSource, _ documents: OrdinalSet) -> OrdinalSet {
        let (from, to) = (range.from ?? -.infinity, range.to ?? .infinity)
        var found: [UInt32] = []
        values.eachNumber(of: source, in: documents) { ordinal, value in
            if value >= from, value < to || range.to == nil, found.last != ordinal { found.append(ordinal) }
        }
        return OrdinalSet(found)
    }
}

extension BucketKey {
    fileprivate var distinctHash: UInt64 {
        switch self {
        case .long(let value): DistinctCount.hash(UInt64(bitPattern: value))
        case .double(let value): DistinctCount.hash(value.bitPattern)
        case .string(let value): DistinctCount.hash(value.utf8)
        }
    }
}
