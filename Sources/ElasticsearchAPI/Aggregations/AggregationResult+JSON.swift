internal import Indices
internal import JSON
internal import Mapping
internal import Query

/// Writes aggregations' results as Elasticsearch answers them.
struct AggregationWriter {
    typealias Members = [(String, JSONValue)]

    /// Whether names carry their kind (`typed_keys`).
    let isTyped: Bool
    let isTotalAnInteger: Bool
    /// A `top_hits`' hit as it is answered, by the way to it.
    let hit: (ScoredDocument, [String]) -> JSONValue?

    func members(_ plans: [AggregationPlan], _ results: [AggregationResult], below path: [String] = []) -> JSONMembers {
        var members: JSONMembers = [:]
        for (plan, result) in zip(plans, results) {
            if case .absent = result { continue }
            let name = isTyped ? plan.typedName(result) + "#" + plan.name : plan.name
            var object: Members = []
            if let meta = plan.meta { object.append(("meta", meta)) }
            object += content(plan, result, path + [plan.name])
            members[name] = .object(JSONMembers(object))
        }
        return members
    }

    private func content(_ plan: AggregationPlan, _ result: AggregationResult, _ path: [String]) -> Members {
        switch result {
        case .buckets(let buckets): self.buckets(plan, buckets, path)
        case .slots(let slots): self.slots(plan, slots, path)
        case .topHits(let documents, let total): topHits(plan, documents, total, path)
        case .metric, .distinct, .quantiles, .weighted, .tTest, .geo, .strings, .topMetrics, .matrix: metric(plan, result)
        case .value(let value): self.value(plan, value)
        case .scripted(let values): [("value", values.first ?? .null)]
        case .absent: []
        }
    }

    func below(_ plan: AggregationPlan, _ results: [AggregationResult], _ path: [String]) -> Members {
        members(plan.subplans, results, below: path).map { ($0.key, $0.value) }
    }

    private func topHits(_ plan: AggregationPlan, _ documents: [ScoredDocument], _ total: Int, _ path: [String]) -> Members {
        var best: Float? = documents.map(\.score).max()
        if case .topHits(let hits) = plan.kind, hits.sort != nil, !hits.tracksScores { best = nil }
        return [
            (
                "hits",
                [
                    "total": isTotalAnInteger ? .int(total) : ["value": .int(total), "relation": "eq"],
                    "max_score": best.map { .float($0) } ?? .null, "hits": .array(documents.compactMap { hit($0, path) }),
                ]
            )
        ]
    }

    // MARK: Values

    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }

    /// A member, and the same as a text where there is a format.
    func shown(_ name: String, _ value: Double?, _ format: ValuesSource.Format) -> Members {
        var members: Members = [(name, number(value.flatMap { $0.isFinite ? $0 : nil }))]
        if let value, value.isFinite, let text = format.text(.double(value)) { members.append((name + "_as_string", .string(text))) }
        return members
    }
}

extension AggregationPlan {
    /// The kind as typed keys have it.
    fileprivate func typedName(_ result: AggregationResult) -> String {
        switch kind {
        case .terms(let terms): terms.source.prefixedName("terms", unmapped: "umterms")
        case .significantTerms(let terms):
            terms.source.column == .none ? "umsigterms" : terms.source.column == .keywords ? "sigsterms" : "siglterms"
        case .rareTerms(let terms):
            terms.source.column == .none ? "umrareterms" : terms.source.column == .keywords ? "srareterms" : "lrareterms"
        case .multiTerms: "multi_terms"
        case .composite: "composite"
        case .ranges(let source, _, _, _): source.isDate ? "date_range" : "range"
        case .geoDistance: "geo_distance"
        case .addressRanges: "ip_range"
        case .addressPrefix: "ip_prefix"
        case .matrixStatistics: "matrix_stats"
        case .histogram(_, let histogram): if case .date = histogram.rounding { "date_histogram" } else { "histogram" }
        case .autoDateHistogram: "auto_date_histogram"
        case .variableWidthHistogram: "variable_width_histogram"
        case .adjacencyMatrix: "adjacency_matrix"
        case .geoGrid(_, let grid): if case .geohash = grid.grid { "geohash_grid" } else { "geotile_grid" }
        case .filter: "filter"
        case .filters: "filters"
        case .missing: "missing"
        case .global: "global"
        case .nested: "nested"
        case .reverseNested: "reverse_nested"
        case .sampler(.random): "random_sampler"
        case .sampler: "sampler"
        case .cardinality: "cardinality"
        case .metric(let metric, _, _, _): metric.rawValue
        case .topHits: "top_hits"
        case .scriptedMetric: "scripted_metric"
        case .quantiles(_, let quantiles): quantiles.typedName
        case .weightedAverage: "weighted_avg"
        case .join(let wanted, _): wanted.rawValue
        case .tTest: "t_test"
        case .geoMetric(_, let output): output == .centroid ? "geo_centroid" : "geo_bounds"
        case .stringStatistics: "string_stats"
        case .topMetrics: "top_metrics"
        case .rate: "rate"
        case .pipeline: if case .value(let value) = result { value.typedName } else { "simple_value" }
        }
    }
}

extension ValuesSource {
    var isDate: Bool { if case .date = format { true } else { false } }

    fileprivate func prefixedName(_ name: String, unmapped: String) -> String {
        switch column {
        case .longs(scale: 1): "l" + name
        case .longs, .doubles: "d" + name
        case .none: if case .constant = format { "s" + name } else { unmapped }
        case .keywords, .points, .vectors, .spans: "s" + name
        }
    }
}

extension QuantilesPlan {
    fileprivate var typedName: String {
        var prefix = "hdr_"
        if case .digest = method { prefix = "tdigest_" }
        return switch output {
        case .percentiles, .ranks: prefix + output.name
        case .medianAbsoluteDeviation, .boxplot: output.name
        }
    }
}

extension PipelineValue {
    fileprivate var typedName: String {
        switch self {
        case .number: "simple_value"
        case .whole: "simple_long_value"
        case .derivative: "derivative"
        case .extreme: "bucket_metric_value"
        case .statistics(_, let sigma): sigma == nil ? "stats_bucket" : "extended_stats_bucket"
        case .percentiles: "percentiles_bucket"
        }
    }
}
