/// A pipeline over the buckets of an aggregation beside it.
struct SiblingPipeline {
    let values: AggregationValues
    let plan: PipelinePlan
    let metric: PipelineAggregation.BucketsMetric

    func run(_ plans: [AggregationPlan], _ results: [AggregationResult]) throws(AggregationFault) -> PipelineValue {
        var numbers: [(key: String, value: Double)] = []
        if let path = plan.pipeline.paths.first?.path { try collect(path.parts[...], plans, results, &numbers) }
        switch metric {
        case .average, .sum, .statistics, .extendedStatistics:
            var summary = MetricSummary()
            for number in numbers { summary.add(number.value) }
            if case .average = metric { return .number(summary.mean ?? .nan) }
            if case .sum = metric { return .number(summary.sum) }
            if case .extendedStatistics(let sigma) = metric { return .statistics(summary, sigma: sigma) }
            return .statistics(summary, sigma: nil)
        case .minimum: return extreme(numbers, numbers.map(\.value).min() ?? .infinity)
        case .maximum: return extreme(numbers, numbers.map(\.value).max() ?? -.infinity)
        case .percentiles(let percents, let isKeyed):
            let sorted = numbers.map(\.value).sorted()
            return .percentiles(
                percents.map { percent in
                    guard !sorted.isEmpty else { return (percent, .nan) }
                    // The nearest one, halves upwards.
                    let index = Int((percent / 100 * Double(sorted.count - 1) + 0.5).rounded(.down))
                    return (percent, sorted[min(max(index, 0), sorted.count - 1)])
                }, isKeyed: isKeyed)
        }
    }

    private func extreme(_ numbers: [(key: String, value: Double)], _ value: Double) -> PipelineValue {
        .extreme(value, keys: numbers.filter { $0.value == value }.map(\.key))
    }

    /// Goes through what has one bucket to what has several.
    private func collect(
        _ path: ArraySlice<String>, _ plans: [AggregationPlan], _ results: [AggregationResult],
        _ numbers: inout [(key: String, value: Double)]
    ) throws(AggregationFault) {
        guard let name = path.first, let index = plans.firstIndex(where: { $0.name == name }), index < results.count else { return }
        let rest = path.dropFirst()
        if plans[index].isSingleBucket {
            guard case .slots(let slots) = results[index], let slot = slots.first else { return }
            return try collect(rest, plans[index].subplans, slot.results, &numbers)
        }
        let reader = BucketValue(values: values, subplans: plans[index].subplans, gapPolicy: plan.pipeline.gapPolicy)
        for row in results[index].rows(plans[index]) {
            let value = try reader.read(rest.isEmpty ? ["_count"] : rest, row)
            if !value.isNaN { numbers.append((row.key, value)) }
        }
    }
}
