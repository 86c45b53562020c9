extension CatCluster {
    /// The columns of tables that are empty here.
    public static func emptyColumns(_ endpoint: Endpoint) -> [String] {
        switch endpoint {
        case .catFielddata: ["id", "host", "ip", "node", "field", "size"]
        case .catSnapshots:
            [
                "id", "repository", "status", "start_epoch", "start_time", "end_epoch", "end_time", "duration", "indices",
                "successful_shards", "failed_shards", "total_shards", "reason",
            ]
        case .catTransforms:
            [
                "id", "state", "checkpoint", "documents_processed", "checkpoint_progress", "last_search_time",
                "changes_last_detection_time",
            ]
        case .catMLJobs: ["id", "state", "data.processed_records", "model.bytes", "model.memory_status", "forecasts.total", "buckets.count"]
        case .catMLDatafeeds: ["id", "state", "buckets.count", "search.count"]
        case .catMLDataFrameAnalytics: ["id", "type", "create_time", "state"]
        default: []
        }
    }
}
