internal import Mapping

extension Planner {
    /// Metrics of more than one number.
    func metric(_ kind: Aggregation.Kind) throws(PlanningError) -> AggregationPlan.Kind {
        switch kind {
        case .quantiles(let quantiles):
            let source = try source(quantiles.field, format: quantiles.format, quantiles.output.name, isNumeric: true)
            return .quantiles(
                source,
                QuantilesPlan(
                    output: quantiles.output, method: quantiles.method, isKeyed: quantiles.isKeyed,
                    missing: try number(quantiles.missing, source)))
        case .weightedAverage(let average):
            let value = try source(average.value.field, "weighted_avg", isNumeric: true)
            let weight = try source(average.weight.field, "weighted_avg", isNumeric: true)
            return .weightedAverage(
                WeightedAveragePlan(
                    value: value, valueMissing: try number(average.value.missing, value), weight: weight,
                    weightMissing: try number(average.weight.missing, weight), format: try decimals(average.format)))
        case .geoMetric(let geo):
            var name = "geo_centroid"
            if case .bounds = geo.output { name = "geo_bounds" }
            return .geoMetric(try points(geo.field, name), geo.output)
        case .stringStatistics(let strings):
            let source = try source(strings.field, "string_stats")
            guard !source.isMapped || source.column == .keywords else { throw notSupported(source, "string_stats") }
            return .stringStatistics(source, missing: strings.missing?.scalar.text, showsDistribution: strings.showsDistribution)
        case .topMetrics(let top):
            var sorted: ValuesSource?
            if case .field(let field)? = top.sort.clauses.first?.key {
                let source = try source(field.name, "top_metrics")
                if source.column == .keywords || source.column == .points || source.column == .vectors {
                    throw .topMetricsSortNotSupported(field: field.name, type: mapping.field(field.name)?.type.name ?? "")
                }
                sorted = source
                guard source.isMapped else {
                    return .topMetrics(TopMetricsPlan(metrics: try metrics(top), order: .best, sorted: source, size: top.size))
                }
            }
            return .topMetrics(TopMetricsPlan(metrics: try metrics(top), order: try order(top.sort), sorted: sorted, size: top.size))
        case .rate(let rate):
            let values = try rate.field.map { field throws(PlanningError) in try source(field, "rate", isNumeric: true) }
            return .rate(RatePlan(values: values, unit: rate.unit, mode: rate.mode, format: try decimals(rate.format)))
        default: return .global
        }
    }

    private func metrics(_ top: TopMetricsAggregation) throws(PlanningError) -> [ValuesSource] {
        try top.metrics.map { field throws(PlanningError) in try source(field, "top_metrics") }
    }

    func points(_ field: String, _ aggregation: String) throws(PlanningError) -> ValuesSource {
        let source = try source(field, aggregation)
        guard !source.isMapped || source.column == .points else { throw notSupported(source, aggregation) }
        return source
    }

    func notSupported(_ source: ValuesSource, _ aggregation: String) -> PlanningError {
        .aggregationNotSupported(
            field: source.field, type: mapping.field(source.field)?.type.name ?? "", aggregation: aggregation)
    }
}

extension QuantilesAggregation.Output {
    /// Elasticsearch's name of the aggregation.
    public var name: String {
        switch self {
        case .percentiles: "percentiles"
        case .ranks: "percentile_ranks"
        case .medianAbsoluteDeviation: "median_absolute_deviation"
        case .boxplot: "boxplot"
        }
    }
}
