/// Turns what is in a bucket of dates into what is in each unit of time.
struct RateReading {
    let rate: RatePlan
    let parent: AggregationPlan

    /// - Parameter index: where the rate stands among the results of a bucket.
    func run(_ rows: inout [AggregationRow], _ result: AggregationResult, at index: Int) {
        for row in rows.indices {
            guard case .metric(let summary) = rows[row].results[index] else { continue }
            let amount = rate.values == nil || rate.mode == .valueCount ? Double(summary.count) : summary.sum
            rows[row].results[index] = .value(.number(amount * factor(rows[row], result)))
        }
    }

    /// Units in the bucket's span, turned round. Months and years are months; all else is milliseconds.
    private func factor(_ row: AggregationRow, _ result: AggregationResult) -> Double {
        guard let unit = rate.unit, let (rounding, start) = interval(row, result) else { return 1 }
        if let months = unit.months, let own = rounding.interval.months { return Double(months) / Double(own) }
        let length = rounding.length(from: start)
        return length > 0 ? (unit.milliseconds ?? 1) / length : 1
    }

    private func interval(_ row: AggregationRow, _ result: AggregationResult) -> (DateRounding, Int64)? {
        switch parent.kind {
        case .histogram(_, let histogram):
            guard case .date(let rounding) = histogram.rounding else { return nil }
            return (rounding, Int64(clamping: row.place))
        case .composite(let composite):
            guard case .buckets(let buckets) = result else { return nil }
            for (source, key) in zip(composite.sources, buckets.buckets[row.index].keys) {
                if case .date(let rounding) = source.rounding, case .long(let start) = key { return (rounding, start) }
            }
            return nil
        default: return nil
        }
    }
}

extension DateInterval {
    var months: Int? {
        switch self {
        case .month: 1
        case .quarter: 3
        case .year: 12
        default: nil
        }
    }

    /// Of a month, a twelfth of a year's.
    var milliseconds: Double? {
        switch self {
        case .milliseconds(let length): Double(length)
        case .minute: 60_000
        case .hour: 3_600_000
        case .day: 86_400_000
        case .week: 604_800_000
        case .month: 2_629_746_000
        case .quarter: 7_889_238_000
        case .year: 31_556_952_000
        }
    }
}
