public import Indices
public import JSON
internal import Shards

/// What `_stats` says.
///
/// Members that stand for things that do not exist here (merges of segments, caches, a translog) are there and zero: clients
/// read them by name.
public struct StatisticsResponse: Sendable {
    /// In the order in which they are written; the name in a URL and the key in the answer.
    private static let metrics: [(name: String, key: String)] = [
        ("docs", "docs"), ("shard_stats", "shard_stats"), ("store", "store"), ("indexing", "indexing"), ("get", "get"),
        ("search", "search"),
        ("merge", "merges"), ("refresh", "refresh"), ("flush", "flush"), ("warmer", "warmer"), ("query_cache", "query_cache"),
        ("fielddata", "fielddata"), ("completion", "completion"), ("segments", "segments"), ("translog", "translog"),
        ("request_cache", "request_cache"), ("recovery", "recovery"), ("bulk", "bulk"), ("dense_vector", "dense_vector"),
        ("sparse_vector", "sparse_vector"),
    ]

    /// How finely counts are told apart: `level`. Raw values are Elasticsearch's names.
    public enum Level: String, Sendable {
        case cluster, indices, shards
    }

    private let indices: [IndexStatistics]
    private let wanted: Set<String>?
    private let nodeID: String
    private let level: Level

    /// - Parameter metrics: comma-separated, `_all` or nil for all.
    /// - Throws: `ElasticsearchError` for a metric that there is not.
    public init(
        _ indices: [IndexStatistics], metrics: String?, level: Level = .indices, nodeID: String = "", path: String
    ) throws(ElasticsearchError) {
        self.indices = indices
        self.nodeID = nodeID
        self.level = level
        let names = metrics?.split(separator: ",").map(String.init) ?? []
        if names.isEmpty || names.contains("_all") {
            wanted = nil
            return
        }
        let known = Self.metrics.map(\.name)
        for name in names where !known.contains(name) {
            let hint = Suggestions(for: name, among: known).text.map { " -> did you mean \($0)" } ?? ""
            throw .illegalArgument("request [\(path)] contains unrecognized metric: [\(name)]\(hint)")
        }
        wanted = Set(names)
    }

    public var json: JSONValue {
        let active = indices.reduce(0) { $0 + $1.shards.count }
        let total = indices.reduce(0) { $0 + $1.numberOfShards + $1.unassignedShards }
        let all = statistics(indices.flatMap(\.shards))
        var answer: JSONMembers = [
            "_shards": ["total": .int(total), "successful": .int(active), "failed": 0], "_all": ["primaries": all, "total": all],
        ]
        if level != .cluster { answer["indices"] = .object(indices.map { ($0.name, .object(members(of: $0))) }.members) }
        return .object(answer)
    }

    /// The statistics of all indices together, as a node's.
    public var total: JSONValue { statistics(indices.flatMap(\.shards)) }

    private func members(of index: IndexStatistics) -> JSONMembers {
        let statistics = statistics(index.shards, showsFields: true)
        var members: JSONMembers = [
            "uuid": .string(index.uuid), "health": .string(index.health.rawValue), "status": index.metadata.isClosed ? "close" : "open",
            "primaries": statistics, "total": statistics,
        ]
        if level == .shards {
            members["shards"] = .object(
                index.shards.enumerated().map { number, shard -> (String, JSONValue) in
                    var members = self.statistics([shard]).object ?? [:]
                    members["routing"] = [
                        "state": "STARTED", "primary": true, "node": .string(nodeID), "relocating_node": .null,
                    ]
                    members["seq_no"] = [
                        "max_seq_no": .int(Int(shard.maximumSequenceNumber)), "local_checkpoint": .int(Int(shard.maximumSequenceNumber)),
                        "global_checkpoint": .int(Int(shard.maximumSequenceNumber)),
                    ]
                    return (String(number), .array([.object(members)]))
                }.members)
        }
        return members
    }

    /// - Parameter showsFields: whether what vectors take is told field by field, too.
    private func statistics(_ shards: [ShardStatistics], showsFields: Bool = false) -> JSONValue {
        let sum = { (value: KeyPath<ShardStatistics, Int>) -> JSONValue in .int(shards.reduce(0) { $0 + $1[keyPath: value] }) }
        var members = JSONMembers()
        for metric in Self.metrics where wanted?.contains(metric.name) ?? true {
            members[metric.key] =
                metric.name == "dense_vector"
                ? VectorStatistics(shards.flatMap(\.vectors)).json(showsFields: showsFields) : value(of: metric.name, shards.count, sum)
        }
        return .object(members)
    }

    private func value(of metric: String, _ shards: Int, _ sum: (KeyPath<ShardStatistics, Int>) -> JSONValue) -> JSONValue {
        switch metric {
        case "docs":
            return ["count": sum(\.documents), "deleted": sum(\.deletedDocuments), "total_size_in_bytes": sum(\.storeBytes)]
        case "shard_stats": return ["total_count": .int(shards)]
        case "store":
            return ["size_in_bytes": sum(\.storeBytes), "total_data_set_size_in_bytes": sum(\.storeBytes), "reserved_in_bytes": 0]
        case "indexing":
            return [
                "index_total": sum(\.indexed), "index_time_in_millis": 0, "index_current": 0, "index_failed": 0,
                "delete_total": sum(\.deleted), "delete_time_in_millis": 0, "delete_current": 0, "noop_update_total": 0,
                "is_throttled": false, "throttle_time_in_millis": 0, "write_load": 0.0,
            ]
        case "get":
            return [
                "total": sum(\.gets), "time_in_millis": 0, "exists_total": sum(\.gets), "exists_time_in_millis": 0, "missing_total": 0,
                "missing_time_in_millis": 0, "current": 0,
            ]
        case "search":
            return [
                "open_contexts": 0, "query_total": sum(\.searches), "query_time_in_millis": 0, "query_current": 0, "query_failure": 0,
                "fetch_total": sum(\.fetches), "fetch_time_in_millis": 0, "fetch_current": 0, "fetch_failure": 0, "scroll_total": 0,
                "scroll_time_in_millis": 0, "scroll_current": 0, "suggest_total": 0, "suggest_time_in_millis": 0, "suggest_current": 0,
            ]
        case "merge":
            return Self.zeros([
                "current", "current_docs", "current_size_in_bytes", "total", "total_time_in_millis", "total_docs", "total_size_in_bytes",
                "total_stopped_time_in_millis", "total_throttled_time_in_millis", "total_auto_throttle_in_bytes",
            ])
        case "refresh":
            return [
                "total": sum(\.refreshes), "total_time_in_millis": 0, "external_total": sum(\.refreshes),
                "external_total_time_in_millis": 0, "listeners": 0,
            ]
        case "flush":
            return ["total": sum(\.flushes), "periodic": sum(\.flushes), "total_time_in_millis": 0]
        case "warmer": return Self.zeros(["current", "total", "total_time_in_millis"])
        case "query_cache", "request_cache":
            return Self.zeros(
                metric == "query_cache"
                    ? ["memory_size_in_bytes", "total_count", "hit_count", "miss_count", "cache_size", "cache_count", "evictions"]
                    : ["memory_size_in_bytes", "evictions", "hit_count", "miss_count"])
        case "fielddata":
            return [
                "memory_size_in_bytes": 0, "evictions": 0, "global_ordinals": ["build_time_in_millis": 0],
            ]
        case "completion": return ["size_in_bytes": 0]
        case "segments":
            var members = Self.zeros([
                "count", "memory_in_bytes", "terms_memory_in_bytes", "stored_fields_memory_in_bytes", "term_vectors_memory_in_bytes",
                "norms_memory_in_bytes", "points_memory_in_bytes", "doc_values_memory_in_bytes", "index_writer_memory_in_bytes",
                "version_map_memory_in_bytes", "fixed_bit_set_memory_in_bytes",
            ]).object ?? [:]
            members["count"] = .int(shards)
            members["max_unsafe_auto_id_timestamp"] = -1
            members["file_sizes"] = [:]
            return .object(members)
        case "translog":
            return Self.zeros([
                "operations", "size_in_bytes", "uncommitted_operations", "uncommitted_size_in_bytes", "earliest_last_modified_age",
            ])
        case "recovery": return Self.zeros(["current_as_source", "current_as_target", "throttle_time_in_millis"])
        case "bulk":
            return Self.zeros(["total_operations", "total_time_in_millis", "total_size_in_bytes", "avg_time_in_millis", "avg_size_in_bytes"])
        default: return ["value_count": 0]
        }
    }

    private static func zeros(_ names: [String]) -> JSONValue { .object(names.map { ($0, 0) }.members) }
}
