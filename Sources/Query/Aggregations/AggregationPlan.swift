public import FieldIndex
public import JSON
public import Mapping

/// An aggregation bound to a mapping.
public struct AggregationPlan: Equatable, Sendable {
    public indirect enum Kind: Equatable, Sendable {
        case terms(TermsPlan)
        case composite(CompositePlan)
        case ranges(ValuesSource, [RangePlan], isKeyed: Bool)
        case histogram(ValuesSource, HistogramPlan)
        case filter(QueryPlan)
        case filters(FiltersPlan)
        case missing(ValuesSource)
        case global
        case cardinality(ValuesSource)
        case metric(Aggregation.Metric, ValuesSource, missing: Double?)
        case topHits(TopHitsAggregation)
    }

    public var name: String
    public var kind: Kind
    public var subplans: [AggregationPlan]
    public var meta: JSONValue?
}

/// Where an aggregation's values come from, and how they are shown.
public struct ValuesSource: Equatable, Sendable {
    public enum Column: Equatable, Sendable {
        /// A field that is not mapped: no document has a value.
        case none
        case keywords
        /// Whole numbers, which are multiplied to be the field's.
        case longs(scale: Double)
        case doubles
        case points
        case vectors
    }

    public enum Format: Equatable, Sendable {
        case raw
        case boolean
        case date(DateFormat, offset: Int)
    }

    public var field: String
    public var column: Column
    public var format: Format
}

public struct TermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var order: [BucketOrder]
    public var missing: BucketKey?
    public var include: TermSelection?
    public var exclude: TermSelection?
}

public enum TermSelection: Equatable, Sendable {
    case pattern(TermPattern)
    case keys(Set<BucketKey>)
}

public struct CompositePlan: Equatable, Sendable {
    public struct Source: Equatable, Sendable {
        public enum Rounding: Equatable, Sendable {
            case none
            case interval(Double)
            case date(DateRounding)
        }

        public var name: String
        public var values: ValuesSource
        public var rounding: Rounding
        public var isAscending: Bool
        public var hasMissingBucket: Bool
    }

    public var sources: [Source]
    public var size: Int
    /// Buckets begin after it; nil within it is the bucket of documents without a value.
    public var after: [BucketKey?]?
}

public struct RangePlan: Equatable, Sendable {
    public var key: String?
    public var from: Double?
    public var to: Double?
}

public struct HistogramPlan: Equatable, Sendable {
    public enum Rounding: Equatable, Sendable {
        case interval(Double, offset: Double)
        case date(DateRounding)
    }

    public var rounding: Rounding
    public var minimumCount: Int
    public var extendedBounds: ClosedRange<Double>?
    public var hardBounds: ClosedRange<Double>?
    public var isKeyed: Bool
    public var order: BucketOrder
    public var missing: Double?
}

public struct FiltersPlan: Equatable, Sendable {
    public struct Filter: Equatable, Sendable {
        public var name: String?
        public var plan: QueryPlan
    }

    public var filters: [Filter]
    public var otherName: String?
    public var isKeyed: Bool
}

/// Brings moments down to the beginning of an interval.
public struct DateRounding: Equatable, Sendable {
    public var interval: DateInterval
    /// Milliseconds that intervals begin later by.
    public var offset: Int64
    /// Seconds east of Greenwich.
    public var zone: Int

    public init(interval: DateInterval, offset: Int64 = 0, zone: Int = 0) {
        self.interval = interval
        self.offset = offset
        self.zone = zone
    }

    /// The beginning of the interval that a moment lies in.
    public func start(of moment: Int64) -> Int64 {
        let shift = offset &- Int64(zone) * 1000
        let (local, overflow) = moment.subtractingReportingOverflow(shift)
        if overflow { return moment }
        return start(ofLocal: local) &+ shift
    }

    /// The beginning of the next interval.
    public func next(after start: Int64) -> Int64 {
        let shift = offset &- Int64(zone) * 1000
        return nextLocal(after: start &- shift) &+ shift
    }

    private func start(ofLocal moment: Int64) -> Int64 {
        switch interval {
        case .milliseconds(let length): moment.flooredDown(to: length)
        case .minute: moment.flooredDown(to: 60_000)
        case .hour: moment.flooredDown(to: 3_600_000)
        case .day: moment.flooredDown(to: Self.day)
        // The first Monday was the fourth day.
        case .week: (moment - 4 * Self.day).flooredDown(to: 7 * Self.day) + 4 * Self.day
        case .month: CivilMonth(containing: moment).start
        case .quarter: CivilMonth(containing: moment).rounded(to: 3).start
        case .year: CivilMonth(containing: moment).rounded(to: 12).start
        }
    }

    private func nextLocal(after start: Int64) -> Int64 {
        switch interval {
        case .milliseconds(let length): start &+ length
        case .minute: start + 60_000
        case .hour: start + 3_600_000
        case .day: start + Self.day
        case .week: start + 7 * Self.day
        case .month: CivilMonth(containing: start).adding(1).start
        case .quarter: CivilMonth(containing: start).adding(3).start
        case .year: CivilMonth(containing: start).adding(12).start
        }
    }

    private static let day: Int64 = 86_400_000
}

extension Int64 {
    fileprivate func flooredDown(to length: Int64) -> Int64 {
        let rest = self % length
        return self - (rest < 0 ? rest + length : rest)
    }
}
