public import JSON

/// An aggregation bound to a mapping.
public struct AggregationPlan: Equatable, Sendable {
    /// What each shard gathers. The cases are those of `Aggregation.Kind`, their fields resolved and their values read by
    /// the mapping.
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
        /// Nil: no documents are related so.
        case join(JoinAggregation.Wanted, JoinPlan?)
        case tTest(TTestPlan)
    }

    public var name: String
    public var kind: Kind
    public var subplans: [AggregationPlan]
    public var meta: JSONValue?
}
