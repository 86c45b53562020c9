public import Mapping

// What aggregations of several kinds need beside where their values come from.

public struct TopHitsPlan: Equatable, Sendable {
    public var size: Int
    public var from: Int
    public var fetch: Fetch
    public var order: DocumentOrder
    /// Nil: hits come by score alone, and show nothing they are sorted by.
    public var sort: Sort?
    public var tracksScores: Bool
}

public struct QuantilesPlan: Equatable, Sendable {
    public var output: QuantilesAggregation.Output
    public var method: QuantileMethod
    public var isKeyed: Bool
    public var missing: Double?
}

public struct WeightedAveragePlan: Equatable, Sendable {
    public var value: ValuesSource
    public var valueMissing: Double?
    public var weight: ValuesSource
    public var weightMissing: Double?
    public var format: ValuesSource.Format
}

public struct TopMetricsPlan: Equatable, Sendable {
    public var metrics: [ValuesSource]
    public var order: DocumentOrder
    /// Documents without it are passed over; nil: sorted by score.
    public var sorted: ValuesSource?
    public var size: Int
}

public struct RatePlan: Equatable, Sendable {
    /// Nil: documents are counted.
    public var values: ValuesSource?
    public var unit: DateInterval?
    public var mode: RateAggregation.Mode
    public var format: ValuesSource.Format
}

public enum SamplerPlan: Equatable, Sendable {
    case best(shardSize: Int)
    case diverse(ValuesSource, perValue: Int, shardSize: Int)
    case random(probability: Double, seed: Int, shardSeed: Int?)
}

public struct SignificantTermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    /// Whether the terms of texts are looked at.
    public var isOfTexts: Bool
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var heuristic: SignificantTermsAggregation.Heuristic
    public var background: QueryPlan?
    public var include: TermSelection?
    public var exclude: TermSelection?
    /// Of the nested objects that are looked at; nil: of documents.
    public var path: String?
    /// Nil: what stands twice counts twice.
    public var distinctText: DistinctTextPlan?
}

/// Where texts stand whose repetitions count once.
public struct DistinctTextPlan: Equatable, Sendable {
    /// How they are cut into words.
    public var field: FieldMapping
    /// Their paths in sources.
    public var paths: [String]
}

public struct RareTermsPlan: Equatable, Sendable {
    public var source: ValuesSource
    public var maximumCount: Int
    public var missing: BucketKey?
    public var include: TermSelection?
    public var exclude: TermSelection?
}

public struct MultiTermsPlan: Equatable, Sendable {
    public struct Term: Equatable, Sendable {
        public var values: ValuesSource
        public var missing: BucketKey?
    }

    public var terms: [Term]
    public var size: Int
    public var shardSize: Int
    public var minimumCount: Int
    public var order: [BucketOrder]
    public var showsError: Bool
}

public struct AutoDateHistogramPlan: Equatable, Sendable {
    public var buckets: Int
    public var intervals: AutoDateIntervals
    public var missing: Double?
}

public struct VariableWidthHistogramPlan: Equatable, Sendable {
    public var buckets: Int
    public var shardSize: Int
    public var missing: Double?
}

public struct AdjacencyMatrixPlan: Equatable, Sendable {
    public struct Filter: Equatable, Sendable {
        public var name: String
        public var plan: QueryPlan
    }

    public var filters: [Filter]
    public var separator: String
}

public struct GeoGridPlan: Equatable, Sendable {
    public var grid: GeoGrid
    public var size: Int
    public var shardSize: Int
    /// North-west and south-east.
    public var corners: [GeoPoint]

    /// Whether a point is asked for.
    public func accepts(latitude: Double, longitude: Double) -> Bool {
        guard corners.count == 2 else { return true }
        guard latitude <= corners[0].latitude, latitude >= corners[1].latitude else { return false }
        let (left, right) = (corners[0].longitude, corners[1].longitude)
        return left <= right ? (left...right).contains(longitude) : longitude >= left || longitude <= right
    }
}

public struct GeoDistancePlan: Equatable, Sendable {
    public var origin: GeoPoint
    /// Metres.
    public var unit: Double
    /// In units.
    public var ranges: [RangePlan]
    public var isKeyed: Bool
}

public struct PipelinePlan: Equatable, Sendable {
    public var pipeline: PipelineAggregation
    public var format: ValuesSource.Format
}
