internal import JSON
internal import Mapping
internal import Query

extension AggregationWriter {
    func metric(_ plan: AggregationPlan, _ result: AggregationResult) -> Members {
        switch (plan.kind, result) {
        case (.metric(let metric, let source, _, let sigma), .metric(let summary)): self.metric(metric, source.format, summary, sigma)
        case (.rate(let rate), .metric(let summary)): shown("value", summary.sum, rate.format)
        case (.matrixStatistics(let matrix), .matrix(let summary)): self.matrix(matrix, summary)
        case (_, .distinct(let count)): [("value", .int(count.value))]
        case (.quantiles(let source, let quantiles), .quantiles(let found)): self.quantiles(quantiles, source.format, found)
        case (.weightedAverage(let average), .weighted(let sum)): shown("value", sum.mean, average.format)
        case (.tTest(let test), .tTest(let summary)): shown("value", summary.probability(test.kind, tails: test.tails), test.format)
        case (.geoMetric(_, let output), .geo(let summary)): geo(output, summary)
        case (.stringStatistics(_, _, let showsDistribution), .strings(let summary)): strings(summary, showsDistribution)
        case (.topMetrics(let top), .topMetrics(let found)):
            [
                (
                    "top",
                    .array(
                        found.map { metric in
                            [
                                "sort": [metric.sort],
                                "metrics": .object(
                                    JSONMembers(
                                        zip(top.metrics, metric.metrics).map { source, key in
                                            (source.field, key.map { source.formatted($0).map { .string($0) } ?? source.json($0) } ?? .null)
                                        })),
                            ]
                        })
                )
            ]
        default: []
        }
    }

    private func metric(
        _ metric: Aggregation.Metric, _ format: ValuesSource.Format, _ summary: MetricSummary, _ sigma: Double
    ) -> Members {
        switch metric {
        case .min, .max, .avg, .sum: return shown("value", summary.value(metric.rawValue), format)
        case .valueCount: return [("value", .int(summary.count))]
        case .stats: return statistics(summary, format)
        case .extendedStats: return statistics(summary, format, sigma: sigma)
        }
    }

    /// - Parameter sigma: of `extended_stats`; nil: of `stats`.
    func statistics(_ summary: MetricSummary, _ format: ValuesSource.Format, sigma: Double? = nil) -> Members {
        var members: Members = [("count", .int(summary.count))]
        let names = ["min", "max", "avg", "sum"]
        for name in names { members.append((name, number(summary.value(name)))) }
        let hasTexts = summary.count > 0 && format.text(.double(0)) != nil
        func texts(_ names: [String], _ value: (String) -> Double?) -> Members {
            guard hasTexts else { return [] }
            return names.compactMap { name in value(name).flatMap { format.text(.double($0)) }.map { (name + "_as_string", .string($0)) } }
        }
        guard let sigma else { return members + texts(names) { summary.value($0) } }
        let more = [
            "sum_of_squares", "variance", "variance_population", "variance_sampling", "std_deviation", "std_deviation_population",
            "std_deviation_sampling",
        ]
        func shownNumber(_ name: String) -> JSONValue {
            summary.value(name, sigma: sigma).map { $0.isFinite ? .double($0) : .string("NaN") } ?? .null
        }
        for name in more { members.append((name, shownNumber(name))) }
        let bounds = ["upper", "lower", "upper_population", "lower_population", "upper_sampling", "lower_sampling"]
        members.append(("std_deviation_bounds", .object(JSONMembers(bounds.map { ($0, shownNumber("std_" + $0)) }))))
        guard hasTexts else { return members }
        members += texts(names + more) { summary.value($0, sigma: sigma) }
        members.append(
            (
                "std_deviation_bounds_as_string",
                .object(
                    JSONMembers(
                        bounds.compactMap { name in
                            summary.value("std_" + name, sigma: sigma).flatMap { format.text(.double($0)) }.map { (name, .string($0)) }
                        }))
            ))
        return members
    }

    // MARK: Distributions

    private func quantiles(_ plan: QuantilesPlan, _ format: ValuesSource.Format, _ found: Quantiles) -> Members {
        switch plan.output {
        case .percentiles(let percents): return list(zip(percents, found.percentiles(percents)).map { ($0, $1) }, plan.isKeyed, format)
        case .ranks(let values): return list(zip(values, found.ranks(values)).map { ($0, $1) }, plan.isKeyed, format)
        case .medianAbsoluteDeviation:
            guard case .sketch(let sketch) = found else { return [] }
            return shown("value", sketch.reader.medianAbsoluteDeviation, format)
        case .boxplot:
            guard let boxplot = Boxplot(found) else {
                return [("min", .string("Infinity")), ("max", .string("-Infinity"))]
                    + ["q1", "q2", "q3", "lower", "upper"].map { ($0, .string("NaN")) }
            }
            return boxplot.values.map { ($0.name, number($0.value)) }
                + boxplot.values.compactMap { item in format.text(.double(item.value)).map { (item.name + "_as_string", .string($0)) } }
        }
    }

    private func list(_ items: [(Double, Double?)], _ isKeyed: Bool, _ format: ValuesSource.Format) -> Members {
        if isKeyed {
            return [
                ("values", .object(JSONMembers(items.flatMap { shown(JavaNumber.text($0), $1, format) })))
            ]
        }
        return [("values", .array(items.map { .object(JSONMembers([("key", .double($0))] + shown("value", $1, format))) }))]
    }

    // MARK: Points and texts

    private func geo(_ output: GeoMetricAggregation.Output, _ summary: GeoSummary) -> Members {
        func point(_ latitude: Double, _ longitude: Double) -> JSONValue { ["lat": .double(latitude), "lon": .double(longitude)] }
        switch output {
        case .bounds(let wraps):
            guard let box = summary.bounds(wrapsLongitude: wraps) else { return [] }
            return [("bounds", ["top_left": point(box.top, box.left), "bottom_right": point(box.bottom, box.right)])]
        case .centroid:
            let location: Members = summary.centroid.map { [("location", point($0.latitude, $0.longitude))] } ?? []
            return location + [("count", .int(summary.count))]
        }
    }

    private func strings(_ summary: StringSummary, _ showsDistribution: Bool) -> Members {
        let isEmpty = summary.count == 0
        var members: Members = [
            ("count", .int(summary.count)), ("min_length", isEmpty ? .null : .int(summary.shortest)),
            ("max_length", isEmpty ? .null : .int(summary.longest)), ("avg_length", number(summary.meanLength)),
            ("entropy", isEmpty ? .null : .double(summary.entropy)),
        ]
        if showsDistribution {
            members.append(
                ("distribution", isEmpty ? .null : .object(JSONMembers(summary.distribution.map { ($0.character, .double($0.part)) }))))
        }
        return members
    }

    // MARK: Pipelines

    func value(_ plan: AggregationPlan, _ value: PipelineValue) -> Members {
        var format = ValuesSource.Format.raw
        switch plan.kind {
        case .pipeline(let pipeline): format = pipeline.format
        case .rate(let rate): format = rate.format
        default: break
        }
        switch value {
        case .number(let number): return shown("value", number, format)
        case .whole(let number): return [("value", .int(number))]
        case .derivative(let number, let normalized):
            return shown("value", number, format) + (normalized.map { shown("normalized_value", $0, format) } ?? [])
        case .extreme(let number, let keys): return shown("value", number, format) + [("keys", .array(keys.map { .string($0) }))]
        case .statistics(let summary, let sigma): return statistics(summary, format, sigma: sigma)
        case .percentiles(let values, let isKeyed): return list(values.map { ($0.percent, $0.value) }, isKeyed, format)
        }
    }
}
