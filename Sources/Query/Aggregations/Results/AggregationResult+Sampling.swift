extension AggregationResult {
    /// What was found in a sample, as it would be of all: counts and sums grow; averages, extremes and shares stay.
    ///
    /// Source: Elasticsearch's `SamplingContext`.
    func scaled(by factor: Double) -> AggregationResult {
        func scaled(_ count: Int) -> Int { Int(exactly: (Double(count) * factor).rounded()) ?? .max }
        switch self {
        case .buckets(var found):
            for index in found.buckets.indices {
                found.buckets[index].count = scaled(found.buckets[index].count)
                found.buckets[index].error = scaled(found.buckets[index].error)
                found.buckets[index].background = scaled(found.buckets[index].background)
                found.buckets[index].results = found.buckets[index].results.map { $0.scaled(by: factor) }
            }
            (found.others, found.error) = (scaled(found.others), scaled(found.error))
            (found.foreground, found.background) = (scaled(found.foreground), scaled(found.background))
            return .buckets(found)
        case .slots(var slots):
            for index in slots.indices {
                slots[index].count = scaled(slots[index].count)
                slots[index].results = slots[index].results.map { $0.scaled(by: factor) }
            }
            return .slots(slots)
        case .metric(let summary): return .metric(summary.scaled(by: factor))
        case .topHits, .distinct, .scripted, .quantiles, .weighted, .tTest, .geo, .strings, .matrix, .topMetrics, .value, .absent: return self
        }
    }
}
