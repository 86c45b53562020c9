/// The aggregations that are understood, by their names.
enum AggregationName: String, CaseIterable {
    case terms
    case composite
    case range
    case dateRange = "date_range"
    case histogram
    case dateHistogram = "date_histogram"
    case filter
    case filters
    case missing
    case global
    case cardinality
    case min, max, avg, sum, stats
    case extendedStats = "extended_stats"
    case valueCount = "value_count"
    case topHits = "top_hits"
    case scriptedMetric = "scripted_metric"
    case nested
    case reverseNested = "reverse_nested"
    case children, parent
    case tTest = "t_test"
    case percentiles
    case percentileRanks = "percentile_ranks"
    case medianAbsoluteDeviation = "median_absolute_deviation"
    case boxplot
    case weightedAvg = "weighted_avg"
    case geoBounds = "geo_bounds"
    case geoCentroid = "geo_centroid"
    case stringStats = "string_stats"
    case topMetrics = "top_metrics"
    case rate
    case sampler
    case diversifiedSampler = "diversified_sampler"
    case randomSampler = "random_sampler"
    case significantTerms = "significant_terms"
    case significantText = "significant_text"
    case rareTerms = "rare_terms"
    case multiTerms = "multi_terms"
    case autoDateHistogram = "auto_date_histogram"
    case variableWidthHistogram = "variable_width_histogram"
    case adjacencyMatrix = "adjacency_matrix"
    case geohashGrid = "geohash_grid"
    case geotileGrid = "geotile_grid"
    case geoDistance = "geo_distance"
    case ipRange = "ip_range"
    case ipPrefix = "ip_prefix"
    case matrixStats = "matrix_stats"
    case avgBucket = "avg_bucket"
    case sumBucket = "sum_bucket"
    case minBucket = "min_bucket"
    case maxBucket = "max_bucket"
    case statsBucket = "stats_bucket"
    case extendedStatsBucket = "extended_stats_bucket"
    case percentilesBucket = "percentiles_bucket"
    case derivative
    case cumulativeSum = "cumulative_sum"
    case cumulativeCardinality = "cumulative_cardinality"
    case movingFn = "moving_fn"
    case movingPercentiles = "moving_percentiles"
    case serialDiff = "serial_diff"
    case normalize
    case bucketScript = "bucket_script"
    case bucketSelector = "bucket_selector"
    case bucketSort = "bucket_sort"
}
