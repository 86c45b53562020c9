/// Chooses the interval of an `auto_date_histogram`, and brings buckets to it.
struct AutoDateReduction {
    let reduction: AggregationReduction
    let plan: AggregationPlan
    let histogram: AutoDateHistogramPlan

    func reduce(_ parts: [AggregationResult.Buckets]) throws(AggregationFault) -> AggregationResult.Buckets {
        let intervals = histogram.intervals
        let moments = parts.flatMap(\.buckets).map { Int64(clamping: $0.key.number) }
        var unit = parts.filter { !$0.buckets.isEmpty }.map(\.interval).max() ?? 0
        guard let first = moments.min(), let last = moments.max(), unit < intervals.units.count else { return .init([]) }
        unit = intervals.unit(from: unit, spanning: first...last, buckets: histogram.buckets)
        let rounding = intervals.rounding(unit)
        var merged: [Int64: (count: Int, results: [[AggregationResult]])] = [:]
        for bucket in parts.flatMap(\.buckets) {
            let start = rounding.start(of: Int64(clamping: bucket.key.number))
            merged[start, default: (0, [])].count += bucket.count
            merged[start]?.results.append(bucket.results)
        }
        // All between the first and the last, empty ones too.
        var starts: [Int64] = [], start = rounding.start(of: first)
        while start <= last {
            starts.append(start)
            try reduction.check(starts.count)
            let next = rounding.next(after: start)
            if next <= start { break }
            start = next
        }
        let step = intervals.step(unit, count: starts.count, buckets: histogram.buckets)
        var buckets: [AggregationResult.Bucket] = []
        for index in stride(from: 0, to: starts.count, by: step) {
            let group = starts[index..<min(index + step, starts.count)].compactMap { merged[$0] }
            buckets.append(
                .init(
                    keys: [.long(starts[index])], count: group.reduce(0) { $0 + $1.count },
                    results: try reduction.merge(plan.subplans, group.flatMap(\.results))))
        }
        var result = AggregationResult.Buckets(buckets)
        result.interval = unit
        result.step = step
        return result
    }
}
