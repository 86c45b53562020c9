public import JSON

/// An aggregation as a client means it: typed, bound to no mapping.
public struct Aggregation: Equatable, Sendable {
    public indirect enum Kind: Equatable, Sendable {
        case terms(TermsAggregation)
        case composite(CompositeAggregation)
        case range(RangeAggregation)
        case histogram(HistogramAggregation)
        case dateHistogram(DateHistogramAggregation)
        case filter(Query)
        case filters(FiltersAggregation)
        /// Documents without a value in the field.
        case missing(field: String)
        /// All documents, whatever the query says.
        case global
        case cardinality(field: String, missing: QueryValue? = nil)
        case metric(Metric, field: String, missing: QueryValue?, format: String? = nil, sigma: Double = 2)
        case topHits(TopHitsAggregation)
        case quantiles(QuantilesAggregation)
        case weightedAverage(WeightedAverageAggregation)
        case geoMetric(GeoMetricAggregation)
        case stringStatistics(StringStatisticsAggregation)
        case topMetrics(TopMetricsAggregation)
        case rate(RateAggregation)
        case sampler(SamplerAggregation)
        case significantTerms(SignificantTermsAggregation)
        case rareTerms(RareTermsAggregation)
        case multiTerms(MultiTermsAggregation)
        case autoDateHistogram(AutoDateHistogramAggregation)
        case variableWidthHistogram(VariableWidthHistogramAggregation)
        case adjacencyMatrix(AdjacencyMatrixAggregation)
        case geoGrid(GeoGridAggregation)
        case geoDistance(GeoDistanceAggregation)
        case addressRange(AddressRangeAggregation)
        case addressPrefix(AddressPrefixAggregation)
        case matrixStatistics(MatrixStatisticsAggregation)
        case pipeline(PipelineAggregation)
        /// The nested objects of a path in documents.
        case nested(path: String)
        /// The documents that nested objects are in, or the objects of a path around them.
        case reverseNested(path: String?)
        case scriptedMetric(ScriptedMetricAggregation)
    }

    public enum Metric: String, CaseIterable, Equatable, Hashable, Sendable {
        case min, max, avg, sum, stats
        case extendedStats = "extended_stats"
        case valueCount = "value_count"
    }

    public var name: String
    public var kind: Kind
    public var subaggregations: [Aggregation]
    /// Echoed as it came.
    public var meta: JSONValue?

    public init(_ name: String, _ kind: Kind, subaggregations: [Aggregation] = [], meta: JSONValue? = nil) {
        self.name = name
        self.kind = kind
        self.subaggregations = subaggregations
        self.meta = meta
    }
}

/// What buckets are ordered by: the first, then the next among equals.
public struct BucketOrder: Equatable, Hashable, Sendable {
    public enum Key: Equatable, Hashable, Sendable {
        case count
        case key
        /// A metric below the bucket: its name, and of several values one's (`stats.max`).
        case metric(String, value: String?)
    }

    public var key: Key
    public var isAscending: Bool

    public init(_ key: Key, isAscending: Bool) {
        self.key = key
        self.isAscending = isAscending
    }
}

public struct TermsAggregation: Equatable, Sendable {
    /// Which terms are looked at.
    public enum Selection: Equatable, Hashable, Sendable {
        case pattern(String)
        case values([QueryValue])
        /// One of so many parts of about one size that all terms are divided into.
        case partition(Int, of: Int)
    }

    public var field: String
    public var size = 10
    /// Nil: as many as make the answer good enough.
    public var shardSize: Int?
    public var minimumCount = 1
    /// Greater counts first, then lesser keys, where nothing is said.
    public var order: [BucketOrder] = [BucketOrder(.count, isAscending: false)]
    public var missing: QueryValue?
    public var include: Selection?
    public var exclude: Selection?
    public var format: String?
    /// Whether each bucket tells how many documents it may lack.
    public var showsError = false

    public init(field: String) { self.field = field }
}

public struct CompositeAggregation: Equatable, Sendable {
    public struct Source: Equatable, Sendable {
        public enum Kind: Equatable, Sendable {
            case terms
            case histogram(interval: Double)
            case dateHistogram(DateInterval, offset: Int64, timeZone: String?)
        }

        public var name: String
        public var field: String
        public var kind: Kind
        public var isAscending = true
        /// Whether documents without a value have a bucket, whose key is null.
        public var hasMissingBucket = false
        /// Whether that bucket comes first; nil: where nulls stand in the order.
        public var missingIsFirst: Bool?
        public var format: String?

        public init(name: String, field: String, kind: Kind) {
            self.name = name
            self.field = field
            self.kind = kind
        }
    }

    public var sources: [Source]
    public var size: Int
    /// The last bucket of the page before, by the sources' names; nil for the first page.
    public var after: [String: QueryValue?]?

    public init(sources: [Source], size: Int = 10, after: [String: QueryValue?]? = nil) {
        self.sources = sources
        self.size = size
        self.after = after
    }
}

public struct RangeAggregation: Equatable, Sendable {
    public struct Range: Equatable, Sendable {
        public var key: String?
        /// Included.
        public var from: QueryValue?
        /// Excluded.
        public var to: QueryValue?

        public init(key: String? = nil, from: QueryValue? = nil, to: QueryValue? = nil) {
            self.key = key
            self.from = from
            self.to = to
        }
    }

    public var field: String
    public var ranges: [Range]
    public var isKeyed: Bool
    /// Of dates.
    public var format: String?
    public var timeZone: String?
    public var missing: QueryValue?

    public init(field: String, ranges: [Range], isKeyed: Bool = false, format: String? = nil, timeZone: String? = nil) {
        self.field = field
        self.ranges = ranges
        self.isKeyed = isKeyed
        self.format = format
        self.timeZone = timeZone
    }
}

public struct HistogramAggregation: Equatable, Sendable {
    public var field: String
    public var interval: Double
    public var offset = 0.0
    public var minimumCount = 0
    /// Buckets that are there even without documents.
    public var extendedBounds: ClosedRange<Double>?
    /// Buckets beyond are left out.
    public var hardBounds: ClosedRange<Double>?
    public var isKeyed = false
    public var order = BucketOrder(.key, isAscending: true)
    public var missing: QueryValue?
    public var format: String?

    public init(field: String, interval: Double) {
        self.field = field
        self.interval = interval
    }
}

/// A span of time: of the calendar, or of so many milliseconds.
public enum DateInterval: Equatable, Hashable, Sendable {
    case minute, hour, day, week, month, quarter, year
    case milliseconds(Int64)
}

public struct DateHistogramAggregation: Equatable, Sendable {
    public var field: String
    public var interval: DateInterval
    /// Milliseconds.
    public var offset: Int64 = 0
    public var minimumCount = 0
    public var extendedBounds: (lower: QueryValue, upper: QueryValue)?
    public var hardBounds: (lower: QueryValue?, upper: QueryValue?)?
    public var format: String?
    public var timeZone: String?
    public var isKeyed = false
    public var order = BucketOrder(.key, isAscending: true)
    public var missing: QueryValue?

    public init(field: String, interval: DateInterval) {
        self.field = field
        self.interval = interval
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.field == right.field && left.interval == right.interval && left.offset == right.offset
            && left.minimumCount == right.minimumCount && left.extendedBounds?.lower == right.extendedBounds?.lower
            && left.extendedBounds?.upper == right.extendedBounds?.upper && left.hardBounds?.lower == right.hardBounds?.lower
            && left.hardBounds?.upper == right.hardBounds?.upper && left.format == right.format
            && left.timeZone == right.timeZone && left.isKeyed == right.isKeyed && left.order == right.order
            && left.missing == right.missing
    }
}

public struct FiltersAggregation: Equatable, Sendable {
    /// Without names, answers are a list.
    public var filters: [(name: String?, query: Query)]
    /// The name of what none matches; nil: it is left out.
    public var otherName: String?
    /// Whether named filters are answered as an object.
    public var isKeyed = true

    public init(filters: [(name: String?, query: Query)], otherName: String? = nil) {
        self.filters = filters
        self.otherName = otherName
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.otherName == right.otherName && left.filters.count == right.filters.count
            && zip(left.filters, right.filters).allSatisfy { $0.name == $1.name && $0.query == $1.query }
    }
}

/// The best documents of a bucket.
public struct TopHitsAggregation: Equatable, Sendable {
    public var size: Int
    public var from: Int
    public var fetch: Fetch
    /// Nil: best scores first.
    public var sort: Sort?
    public var tracksScores = false

    public init(size: Int = 3, from: Int = 0, fetch: Fetch = Fetch()) {
        self.size = size
        self.from = from
        self.fetch = fetch
    }
}
