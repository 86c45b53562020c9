internal import Query

extension ElasticsearchError {
    /// Results of shards that cannot be brought together.
    init(_ fault: AggregationFault) {
        switch fault {
        case .tooManyBuckets(let limit): self = .tooManyBuckets(limit)
        case .cancelled: self.init(status: 400, "task_cancelled_exception", "task cancelled")
        case .mixedTypes(let aggregation):
            self.init(
                status: 400, "illegal_argument_exception",
                "Merging/Reducing the aggregations failed when computing the aggregation [\(aggregation)] because the field you gave in "
                    + "the aggregation query existed as two different types in two different indices")
        case .invalidPath(let reason): self.init(status: 400, "invalid_aggregation_path_exception", reason)
        case .script(let error): self.init(error)
        }
    }
}
