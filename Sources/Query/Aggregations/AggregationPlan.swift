public import FieldIndex
public import JSON
public import Mapping

/// An aggregation bound to a mapping.
public struct AggregationPlan: Equatable, Sendable {
    public indirect enum Kind: Equatable, Sendable {
        case terms(TermsPlan)
        case composite(CompositePlan)
        case ranges(ValuesSource, [RangePlan], isKeyed: Bool, missing: Double?)
        case histogram(ValuesSource, HistogramPlan)
        case filter(QueryPlan)
        case filters(FiltersPlan)
        case missing(ValuesSource)
        case global
        case cardinality(ValuesSource, missing: BucketKey?)
        case metric(Aggregation.Metric, ValuesSource, missing: Double?, sigma: Double)
        case topHits(TopHitsPlan)
        case quantiles(ValuesSource, QuantilesPlan)
        case weightedAverage(WeightedAveragePlan)
        case geoMetric(ValuesSource, GeoMetricAggregation.Output)
        case stringStatistics(ValuesSource, missing: String?, showsDistribution: Bool)
        case topMetrics(TopMetricsPlan)
        case rate(RatePlan)
        case sampler(SamplerPlan)
        case significantTerms(SignificantTermsPlan)
        case rareTerms(RareTermsPlan)
        case multiTerms(MultiTermsPlan)
        case autoDateHistogram(ValuesSource, AutoDateHistogramPlan)
        case variableWidthHistogram(ValuesSource, VariableWidthHistogramPlan)
        case adjacencyMatrix(AdjacencyMatrixPlan)
        case geoGrid(ValuesSource, GeoGridPlan)
        case geoDistance(ValuesSource, GeoDistancePlan)
        case addressRanges(AddressRangePlan)
        case addressPrefix(AddressPrefixPlan)
        case matrixStatistics(MatrixStatisticsPlan)
        case pipeline(PipelinePlan)
        /// Nil: there are none.
        case nested(NestedLevel?)
        case reverseNested(NestedLevel)
        case scriptedMetric(ScriptedMetricPlan)
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
        case date(DateFormat, zone: ZoneRule)
        case decimal(DecimalFormat)
        /// Whole numbers without a sign, the top bit flipped.
        case unsigned
        /// Terms that are shown otherwise than they are indexed.
        case coded(TermCoding)
        /// No column: every document has this value.
        case constant(String)
    }

    public var field: String
    public var column: Column
    public var format: Format

    public init(field: String, column: Column, format: Format) {
        self.field = field
        self.column = column
        self.format = format
    }

    var isMapped: Bool {
        if case .constant = format { return true }
        return column != .none
    }
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
    public var showsError: Bool
}

public enum TermSelection: Equatable, Sendable {
    case pattern(TermPattern)
    case keys(Set<BucketKey>)
    case partition(Int, of: Int)
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
        /// Whether the bucket without a value comes first, whatever the order.
        public var missingIsFirst: Bool?
        /// Whether keys are texts of a format that was asked for.
        public var isFormatted = false
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
