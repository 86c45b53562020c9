internal import JSON
internal import Mapping
internal import Query

/// A bucket that becomes a row.
struct SQLBucket {
    /// Where a column's values stand in buckets.
    enum Column {
        case constant(JSONValue)
        /// A part of the keys.
        case key(Int, CompositePlan.Source, isDate: Bool)
        /// The bucket's documents.
        case count
        /// What an aggregation below the bucket has counted.
        case counted(Int)
        /// One value of the statistics below the bucket.
        case metric(SQLValue.Metric, Int, isWhole: Bool, isDate: Bool)
    }

    var keys: [BucketKey?]
    var count: Int
    /// Of the aggregations below it.
    var results: [AggregationResult]
}

extension SQLBucket.Column {
    /// - Parameter zone: what dates are shown in.
    func value(in bucket: SQLBucket, _ zone: ZoneRule) -> JSONValue {
        switch self {
        case .constant(let value): return value
        case .key(let place, let source, let isDate):
            return Self.shown(source.json(place < bucket.keys.count ? bucket.keys[place] : nil), isDate, zone)
        case .count: return .int(bucket.count)
        case .counted(let place):
            switch bucket.result(place) {
            case .slots(let slots)?: return .int(slots.first?.count ?? 0)
            case .distinct(let distinct)?: return .int(distinct.value)
            default: return 0
            }
        case .metric(let metric, let place, let isWhole, let isDate):
            guard case .metric(let summary)? = bucket.result(place), summary.count > 0, let value = summary.value(metric.rawValue) else {
                return .null
            }
            guard isWhole, let whole = Int(exactly: value.rounded()) else { return .double(value) }
            return Self.shown(.int(whole), isDate, zone)
        }
    }

    /// Dates come in milliseconds.
    private static func shown(_ value: JSONValue, _ isDate: Bool, _ zone: ZoneRule) -> JSONValue {
        guard isDate, case .int(let moment) = value else { return value }
        return .string(SQLDates.text(milliseconds: Int64(moment), zone))
    }
}

extension SQLBucket {
    fileprivate func result(_ place: Int) -> AggregationResult? { place < results.count ? results[place] : nil }
}
