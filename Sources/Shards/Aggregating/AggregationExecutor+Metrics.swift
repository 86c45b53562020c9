internal import FieldIndex
internal import JSON
internal import Mapping
internal import Ordinals
internal import Query

/// What is read off a bucket's documents without making buckets of them.
extension AggregationExecutor {
    func metric(_ plan: AggregationPlan, _ documents: OrdinalSet) throws(ShardError) -> AggregationResult {
        switch plan.kind {
        case .cardinality(let source, let missing): return .distinct(distinct(source, missing, documents))
        case .metric(let metric, let source, let missing, _): return .metric(summary(metric, source, missing, documents))
        case .topHits(let hits): return try topHits(hits, documents)
        case .quantiles(let source, let plan):
            var quantiles = Quantiles(plan.method)
            values.eachNumber(of: source, in: documents, missing: plan.missing) { _, value in quantiles.add(value) }
            return .quantiles(quantiles)
        case .weightedAverage(let average): return .weighted(try weighted(average, documents))
        case .geoMetric(let source, _):
            var summary = GeoSummary()
            values.eachPoint(of: source, in: documents) { _, point in
                summary.add(latitude: point.latitude, longitude: point.longitude)
            }
            return .geo(summary)
        case .stringStatistics(let source, let missing, _):
            var summary = StringSummary()
            if let keywords = view.keywords(source.field), source.column == .keywords {
                for (rank, count) in keywords.counts(of: documents).enumerated() where count > 0 {
                    summary.add(keywords.term(rank), times: count)
                }
            }
            if let missing {
                let count = documents.subtracting(values.documents(having: source)).count
                if count > 0 { summary.add(missing, times: count) }
            }
            return .strings(summary)
        case .topMetrics(let top): return .topMetrics(try topMetrics(top, documents))
        case .rate(let rate):
            var summary = MetricSummary()
            if let source = rate.values {
                values.eachNumber(of: source, in: documents) { _, value in summary.add(value) }
            } else {
                summary.add(count: documents.count)
            }
            return .metric(summary)
        default: return .absent
        }
    }

    private func summary(
        _ metric: Aggregation.Metric, _ source: ValuesSource, _ missing: Double?, _ documents: OrdinalSet
    ) -> MetricSummary {
        var summary = MetricSummary()
        if metric == .valueCount {
            var count = 0
            switch source.column {
            case .vectors, .spans: count = values.documents(having: source).intersection(documents).count
            default: values.eachKey(of: source, in: documents, isDistinct: false) { _, _ in count += 1 }
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

    private func distinct(_ source: ValuesSource, _ missing: BucketKey?, _ documents: OrdinalSet) -> DistinctCount {
        var count = DistinctCount()
        if source.column == .keywords, let keywords = view.keywords(source.field) {
            // Each keyword once, however many documents have it.
            for (rank, documents) in keywords.counts(of: documents).enumerated() where documents > 0 {
                count.add(hash: DistinctCount.hash(keywords.term(rank).utf8))
            }
        } else {
            values.eachKey(of: source, in: documents) { _, key in count.add(hash: key.distinctHash) }
        }
        if let missing, !documents.subtracting(values.documents(having: source)).isEmpty { count.add(hash: missing.distinctHash) }
        return count
    }

    private func topHits(_ hits: TopHitsPlan, _ documents: OrdinalSet) throws(ShardError) -> AggregationResult {
        let found = try top(hits.from + hits.size, order: hits.order, documents)
        return .topHits(found, total: documents.count)
    }

    /// The first of some documents in an order.
    private func top(
        _ limit: Int, order: DocumentOrder, _ documents: OrdinalSet
    ) throws(ShardError) -> [ScoredDocument] {
        let found = scored(documents)
        guard order.keys.isEmpty else {
            return try FieldSorter(view: view, order: order).top(limit, of: found, after: nil).map {
                ScoredDocument(shard: 0, ordinal: $0.document.ordinal, score: $0.document.score, keys: $0.keys)
            }
        }
        return found.top(limit, order: order, after: nil).map { ScoredDocument(shard: 0, ordinal: $0.ordinal, score: $0.score) }
    }

    private func topMetrics(_ top: TopMetricsPlan, _ documents: OrdinalSet) throws(ShardError) -> [TopMetric] {
        // A document without what is sorted by has no place.
        let sorted = top.sorted.map { documents.intersection(values.documents(having: $0)) } ?? documents
        let first = try self.top(top.size, order: top.order, sorted)
        let chosen = OrdinalSet(first.map(\.ordinal))
        let metrics = top.metrics.map { source in
            var found: [UInt32: BucketKey] = [:]
            values.eachKey(of: source, in: chosen) { ordinal, key in if found[ordinal] == nil { found[ordinal] = key } }
            return found
        }
        return first.map { document in
            let shown = top.order.keys.first.flatMap { key in document.keys.first.map(key.shown) } ?? .float(document.score)
            return TopMetric(document: document, sort: shown, metrics: metrics.map { $0[document.ordinal] })
        }
    }

    /// - Throws: `ShardError.severalWeights`.
    private func weighted(_ average: WeightedAveragePlan, _ documents: OrdinalSet) throws(ShardError) -> WeightedSum {
        var weights: [UInt32: Double] = [:], hasSeveral = false
        values.eachNumber(of: average.weight, in: documents, missing: average.weightMissing) { ordinal, weight in
            if weights.updateValue(weight, forKey: ordinal) != nil { hasSeveral = true }
        }
        if hasSeveral { throw .severalWeights }
        var sum = WeightedSum()
        values.eachNumber(of: average.value, in: documents, missing: average.valueMissing) { ordinal, value in
            if let weight = weights[ordinal] { sum.add(value, weight: weight) }
        }
        return sum
    }
}

extension BucketKey {
    var distinctHash: UInt64 {
        switch self {
        case .long(let value): DistinctCount.hash(UInt64(bitPattern: value))
        case .double(let value): DistinctCount.hash(value.bitPattern)
        case .string(let value): DistinctCount.hash(value.utf8)
        }
    }
}
