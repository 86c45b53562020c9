/// Finds the numbers that paths lead to among results.
struct AggregationValues {
    /// What a path leads to.
    enum Found {
        case number(Double)
        /// An aggregation of several values, none of which is named.
        case several(aggregation: String)
        /// No number, but an object of Elasticsearch's of this name.
        case other(String, aggregation: String)
        /// There is no such aggregation.
        case nothing
    }

    /// The number at the end of a path; nil where there is none.
    func number(at path: ArraySlice<String>, in results: [AggregationResult], _ plans: [AggregationPlan]) -> Double? {
        if case .number(let value) = find(path, in: results, plans) { value } else { nil }
    }

    func find(_ path: ArraySlice<String>, in results: [AggregationResult], _ plans: [AggregationPlan]) -> Found {
        guard let name = path.first, let index = plans.firstIndex(where: { $0.name == name }), index < results.count else {
            return .nothing
        }
        return find(path.dropFirst(), in: results[index], plans[index])
    }

    private func find(_ path: ArraySlice<String>, in result: AggregationResult, _ plan: AggregationPlan) -> Found {
        switch result {
        case .slots(let slots) where plan.isSingleBucket:
            guard let slot = slots.first else { return .nothing }
            guard let next = path.first else { return .other("Internal" + plan.name, aggregation: plan.name) }
            return next == "_count" && path.count == 1 ? .number(Double(slot.count)) : find(path, in: slot.results, plan.subplans)
        case .buckets, .slots: return inBuckets(path, result.rows(plan), plan)
        case .absent: return path.isEmpty ? .number(.nan) : .nothing
        default:
            if path.count > 1 { return .nothing }
            return path.first.map { value(named: $0, result, plan).map { .number($0) } ?? .nothing } ?? single(result, plan)
        }
    }

    /// Among buckets, a key in quotes leads to one of them; `_bucket_count` is how many there are.
    private func inBuckets(_ path: ArraySlice<String>, _ rows: [AggregationRow], _ plan: AggregationPlan) -> Found {
        guard let next = path.first else { return .other(plan.javaName, aggregation: plan.name) }
        if next == "_bucket_count" { return .number(Double(rows.count)) }
        guard next.count > 1, next.hasPrefix("'"), next.hasSuffix("'") else { return .other("Object[]", aggregation: plan.name) }
        let key = next.dropFirst().dropLast()
        guard let row = rows.first(where: { $0.key == key }) else { return .number(.nan) }
        let rest = path.dropFirst()
        if rest.first == "_count" || rest.isEmpty { return .number(Double(row.count)) }
        return find(rest, in: row.results, plan.subplans)
    }

    private func single(_ result: AggregationResult, _ plan: AggregationPlan) -> Found {
        switch (result, plan.kind) {
        case (.metric(let summary), .metric(let metric, _, _, _)):
            if metric == .stats || metric == .extendedStats { return .several(aggregation: plan.name) }
            return .number(summary.value(metric.rawValue) ?? Self.empty(metric))
        case (.metric(let summary), .rate): return .number(summary.sum)
        case (.distinct(let count), _): return .number(Double(count.value))
        case (.tTest(let summary), .tTest(let plan)):
            return .number(summary.probability(plan.kind, tails: plan.tails) ?? .nan)
        case (.weighted(let sum), _): return .number(sum.mean ?? .nan)
        case (.quantiles(let found), .quantiles(_, let quantiles)):
            switch quantiles.output {
            case .percentiles(let percents) where percents.count == 1: return .number(found.percentiles(percents)[0] ?? .nan)
            case .ranks(let values) where values.count == 1: return .number(found.ranks(values)[0] ?? .nan)
            case .medianAbsoluteDeviation:
                if case .sketch(let sketch) = found { return .number(sketch.reader.medianAbsoluteDeviation ?? .nan) }
                return .number(.nan)
            default: return .several(aggregation: plan.name)
            }
        case (.topMetrics(let found), .topMetrics(let top)):
            guard top.metrics.count == 1 else { return .several(aggregation: plan.name) }
            return .number(found.first?.metrics.first.flatMap { $0?.number } ?? .nan)
        case (.value(let value), _): return value.single.map { .number($0) } ?? .several(aggregation: plan.name)
        default: return .other(plan.javaName, aggregation: plan.name)
        }
    }

    /// What Elasticsearch's metrics of nothing are.
    private static func empty(_ metric: Aggregation.Metric) -> Double {
        switch metric {
        case .min: .infinity
        case .max: -.infinity
        case .sum, .valueCount: 0
        case .avg, .stats, .extendedStats: .nan
        }
    }

    private func value(named name: String, _ result: AggregationResult, _ plan: AggregationPlan) -> Double? {
        switch (result, plan.kind) {
        case (.metric(let summary), .metric(let metric, _, _, let sigma)):
            switch metric {
            case .stats: return MetricSummary.names.contains(name) ? summary.value(name) ?? .nan : nil
            case .extendedStats: return MetricSummary.extendedNames.contains(name) ? summary.value(name, sigma: sigma) ?? .nan : nil
            case .min, .max, .avg, .sum, .valueCount:
                return name == "value" ? summary.value(metric.rawValue) ?? Self.empty(metric) : nil
            }
        case (.quantiles(let found), .quantiles(_, let quantiles)):
            switch quantiles.output {
            case .percentiles: return Double(name).flatMap { (0...100).contains($0) ? found.percentiles([$0])[0] ?? .nan : nil }
            case .ranks: return Double(name).flatMap { $0.isFinite ? found.ranks([$0])[0] ?? .nan : nil }
            case .boxplot: return Boxplot(found)?.value(name) ?? .nan
            case .medianAbsoluteDeviation: if case .number(let value) = single(result, plan) { return value }
            }
            return nil
        case (.strings(let summary), _):
            switch name {
            case "count": return Double(summary.count)
            case "min_length": return summary.count == 0 ? .nan : Double(summary.shortest)
            case "max_length": return Double(summary.longest)
            case "avg_length": return summary.meanLength ?? .nan
            case "entropy": return summary.entropy
            default: return nil
            }
        case (.topMetrics(let found), .topMetrics(let top)):
            guard let index = top.metrics.firstIndex(where: { $0.field == name }) else { return nil }
            return found.first?.metrics[index]?.number ?? .nan
        case (.geo(let summary), _):
            switch name {
            case "count": return Double(summary.count)
            case "lat": return summary.centroid?.latitude ?? .nan
            case "lon": return summary.centroid?.longitude ?? .nan
            default: return nil
            }
        case (.value(let value), _): return value.value(name)
        default:
            guard name == "value", case .number(let value) = single(result, plan) else { return nil }
            return value
        }
    }
}
