internal import Mapping
public import Scripts

/// An aggregation over what other aggregations found.
public struct PipelineAggregation: Equatable, Sendable {
    /// What is computed, a case for each of Elasticsearch's names.
    public enum Kind: Equatable, Sendable {
        /// Over the buckets of an aggregation beside it.
        case buckets(BucketsMetric)
        case derivative(unit: DateInterval?)
        case cumulativeSum
        case cumulativeCardinality
        /// Of `values`, the numbers of the buckets before.
        case movingFunction(ParameterScript, window: Int, shift: Int)
        case movingPercentiles(window: Int, shift: Int)
        case serialDifference(lag: Int)
        case normalize(Normalization)
        case bucketScript(ParameterScript)
        case bucketSelector(ParameterScript)
        case bucketSort([BucketOrder], from: Int, size: Int?)
    }

    /// What is made of one number of each bucket of another aggregation.
    public enum BucketsMetric: Equatable, Sendable {
        case average, sum, minimum, maximum, statistics
        case extendedStatistics(sigma: Double)
        case percentiles([Double], isKeyed: Bool)
    }

    /// What a number becomes beside those of the other buckets. Raw values are Elasticsearch's names.
    public enum Normalization: String, CaseIterable, Equatable, Sendable {
        case rescale01 = "rescale_0_1"
        case rescale0100 = "rescale_0_100"
        case percentOfSum = "percent_of_sum"
        case mean
        case zScore = "z-score"
        case softmax
    }

    /// What becomes of buckets that have no value.
    public enum GapPolicy: String, CaseIterable, Equatable, Sendable {
        case skip
        case insertZeros = "insert_zeros"
        case keepValues = "keep_values"
    }

    public var kind: Kind
    /// Where values are found, by the names that scripts know them by; without a script, one.
    public var paths: [(name: String, path: AggregationPath)]
    public var gapPolicy: GapPolicy
    public var format: String?

    public init(
        _ kind: Kind, paths: [(name: String, path: AggregationPath)], gapPolicy: GapPolicy = .skip, format: String? = nil
    ) {
        self.kind = kind
        self.paths = paths
        self.gapPolicy = gapPolicy
        self.format = format
    }

    /// Whether it stands beside what it looks at; else below.
    public var isSibling: Bool { if case .buckets = kind { true } else { false } }

    public static func == (left: Self, right: Self) -> Bool {
        left.kind == right.kind && left.gapPolicy == right.gapPolicy && left.format == right.format
            && left.paths.count == right.paths.count && zip(left.paths, right.paths).allSatisfy { $0 == $1 }
    }
}
