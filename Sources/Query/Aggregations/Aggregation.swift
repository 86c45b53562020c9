public import JSON

/// An aggregation as a client means it: typed, bound to no mapping.
public struct Aggregation: Equatable, Sendable {
    /// What is aggregated, a case for each of Elasticsearch's names; kinds with parameters of their own carry them as a
    /// value.
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
        case join(JoinAggregation)
        case tTest(TTestAggregation)
    }

    /// The metrics of one field's numbers that one `MetricSummary` answers. Raw values are Elasticsearch's names.
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
    /// What buckets can be ordered by.
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
