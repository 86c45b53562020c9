public import Indices
public import Ingest
public import JSON
internal import Mapping

/// What `_nodes`, `_nodes/stats` and `_cluster/stats` say of the one node.
public struct NodesResponse: Sendable {
    private static let infoMetrics: Set = [
        "_all", "_none", "settings", "os", "process", "jvm", "thread_pool", "transport", "http", "remote_cluster_server", "plugins",
        "ingest", "aggregations", "indices",
    ]
    private static let statisticsMetrics: Set = [
        "_all", "_none", "indices", "os", "process", "jvm", "thread_pool", "fs", "transport", "http", "breaker", "script", "discovery",
        "ingest", "adaptive_selection", "script_cache", "indexing_pressure", "repositories", "allocations",
    ]

    private let node: NodeFacts
    private let isSelected: Bool

    /// - Parameter expression: names, ids or addresses, with `*`; nil, `_all`, `_local` and `_master` are the node.
    public init(_ node: NodeFacts, selecting expression: String?) {
        self.node = node
        let names = expression?.split(separator: ",").map(String.init) ?? []
        isSelected = names.isEmpty
            || names.contains { name in
                if ["_all", "_local", "_master"].contains(name) { return true }
                if let filter = name.split(separator: ":", maxSplits: 1).first.map(String.init), name.contains(":") {
                    return NodeFacts.roles.contains(filter) && !name.hasSuffix(":false")
                }
                let pattern = WildcardPattern(name)
                return [node.id, node.name, node.host, node.httpAddress].contains { pattern.matches($0) }
            }
    }

    /// Whether a path segment is a list of metrics and not the name of a node.
    public static func isInfoMetrics(_ text: String) -> Bool {
        text.split(separator: ",").allSatisfy { infoMetrics.contains(String($0)) }
    }

    private func envelope(_ members: JSONMembers) -> JSONValue {
        [
            "_nodes": ["total": isSelected ? 1 : 0, "successful": isSelected ? 1 : 0, "failed": 0],
            "cluster_name": .string(node.clusterName), "nodes": .object(isSelected ? [(node.id, .object(members))].members : [:]),
        ]
    }

    private var identity: JSONMembers {
        ["name": .string(node.name), "transport_address": .string("\(node.host):9300"), "host": .string(node.host), "ip": .string(node.ip)]
    }

    private static func chosen(_ text: String?, _ known: Set<String>, _ path: String) throws(ElasticsearchError) -> Set<String>? {
        let names = Set((text ?? "_all").split(separator: ",").map(String.init))
        if let unknown = names.subtracting(known).min() {
            throw .illegalArgument("request [\(path)] contains unrecognized metric: [\(unknown)]")
        }
        return names.contains("_all") ? nil : names
    }

    /// What `_nodes/usage` answers: nothing is counted, so nothing has been used.
    public func usage(metrics: String?, now: Int64, path: String) throws(ElasticsearchError) -> JSONValue {
        let wanted = try Self.chosen(metrics, ["_all", "rest_actions", "aggregations"], path)
        var members: JSONMembers = ["timestamp": .int(Int(now)), "since": .int(Int(now) - node.uptimeMilliseconds)]
        for name in ["rest_actions", "aggregations"] where wanted?.contains(name) ?? true { members[name] = [:] }
        return envelope(members)
    }

    /// - Parameter metrics: comma-separated; nil for all.
    public func info(metrics: String?, path: String) throws(ElasticsearchError) -> JSONValue {
        let chosen = try Self.chosen(metrics, Self.infoMetrics, path)
        let isWanted = { (metric: String) in chosen?.contains(metric) ?? true }
        var members = identity
        members["version"] = .string(VersionInfo.elasticsearch)
        members["transport_version"] = 9_033_000
        members["index_version"] = 9_033_000
        members["component_versions"] = [:]
        members["build_flavor"] = "default"
        members["build_type"] = "tar"
        members["build_hash"] = "unknown"
        members["roles"] = .array(NodeFacts.roles.map { .string($0) })
        members["attributes"] = [:]
        if isWanted("settings") {
            members["settings"] = [
                "cluster": ["name": .string(node.clusterName)], "node": ["name": .string(node.name)],
                "path": ["data": .string(node.dataPath)],
            ]
        }
        if isWanted("os") {
            members["os"] = [
                "refresh_interval_in_millis": 1000, "name": "Linux", "pretty_name": "Linux",
                "available_processors": .int(node.processors), "allocated_processors": .int(node.processors),
            ]
        }
        if isWanted("process") { members["process"] = ["refresh_interval_in_millis": 1000, "id": .int(node.processID), "mlockall": false] }
        if isWanted("jvm") {
            members["jvm"] = [
                "pid": .int(node.processID), "version": "", "vm_name": "", "start_time_in_millis": .int(Int(node.startMilliseconds)),
                "mem": ["heap_max_in_bytes": .int(node.memoryBytes)], "gc_collectors": [], "memory_pools": [],
            ]
        }
        if isWanted("thread_pool") {
            members["thread_pool"] = .object(
                NodeFacts.threadPools.map { ($0, ["type": "fixed", "size": .int(node.processors), "queue_size": 1000]) }.members)
        }
        if isWanted("http") {
            members["http"] = [
                "bound_address": [.string(node.httpAddress)], "publish_address": .string(node.httpAddress),
                "max_content_length_in_bytes": 104_857_600,
            ]
        }
        if isWanted("plugins") {
            members["plugins"] = []
            members["modules"] = .array(NodeFacts.modules.map { ["name": .string($0), "version": .string(VersionInfo.elasticsearch)] })
        }
        if isWanted("ingest") {
            members["ingest"] = ["processors": .array(PipelineRegistry.processorTypes.map { ["type": .string($0)] })]
        }
        return envelope(members)
    }

    /// - Parameters:
    ///   - metrics: comma-separated; nil for all.
    ///   - indices: the statistics of all indices, as `_stats` shows them in total.
    ///   - ingest: of pipelines.
    public func statistics(
        metrics: String?, indices: JSONValue, ingest: IngestStatistics, now: Int64, path: String
    ) throws(ElasticsearchError) -> JSONValue {
        let chosen = try Self.chosen(metrics, Self.statisticsMetrics, path)
        let isWanted = { (metric: String) in chosen?.contains(metric) ?? true }
        var members: JSONMembers = ["timestamp": .int(Int(now))]
        for member in identity { members[member.key] = member.value }
        members["roles"] = .array(NodeFacts.roles.map { .string($0) })
        members["attributes"] = [:]
        if isWanted("indices") { members["indices"] = indices }
        if isWanted("os") { members["os"] = os(now) }
        if isWanted("process") {
            members["process"] = [
                "timestamp": .int(Int(now)), "open_file_descriptors": -1, "max_file_descriptors": -1,
                "cpu": ["percent": 0, "total_in_millis": 0],
                "mem": ["total_virtual_in_bytes": .int(node.residentBytes)],
            ]
        }
        if isWanted("jvm") { members["jvm"] = jvm(now) }
        if isWanted("thread_pool") {
            members["thread_pool"] = .object(
                NodeFacts.threadPools.map {
                    ($0, ["threads": .int(node.processors), "queue": 0, "active": 0, "rejected": 0, "largest": .int(node.processors), "completed": 0])
                }.members)
        }
        if isWanted("fs") {
            let bytes: JSONValue = [
                "total_in_bytes": .int(node.diskTotalBytes), "free_in_bytes": .int(node.diskFreeBytes),
                "available_in_bytes": .int(node.diskFreeBytes),
            ]
            members["fs"] = ["timestamp": .int(Int(now)), "total": bytes, "data": []]
        }
        if isWanted("transport") {
            members["transport"] = ["server_open": 0, "rx_count": 0, "rx_size_in_bytes": 0, "tx_count": 0, "tx_size_in_bytes": 0]
        }
        if isWanted("http") { members["http"] = ["current_open": 0, "total_opened": 0] }
        if isWanted("breaker") {
            members["breakers"] = [
                "parent": [
                    "limit_size_in_bytes": .int(node.memoryBytes), "limit_size": .string(ByteSize(node.memoryBytes).human),
                    "estimated_size_in_bytes": .int(node.residentBytes), "estimated_size": .string(ByteSize(node.residentBytes).human),
                    "overhead": 1.0, "tripped": 0,
                ]
            ]
        }
        if isWanted("script") { members["script"] = ["compilations": 0, "cache_evictions": 0, "compilation_limit_triggered": 0] }
        if isWanted("ingest") { members["ingest"] = ingest.json }
        return envelope(members)
    }

    private func os(_ now: Int64) -> JSONValue {
        let names = ["1m", "5m", "15m"]
        return [
            "timestamp": .int(Int(now)),
            "cpu": ["percent": 0, "load_average": .object(zip(names, node.loadAverages).map { ($0, .double($1)) }.members)],
            "mem": [
                "total_in_bytes": .int(node.memoryBytes), "used_in_bytes": .int(node.residentBytes),
                "free_in_bytes": .int(max(0, node.memoryBytes - node.residentBytes)), "used_percent": .int(node.residentPercent),
                "free_percent": .int(100 - node.residentPercent),
            ], "swap": ["total_in_bytes": 0, "free_in_bytes": 0, "used_in_bytes": 0],
        ]
    }

    /// There is no virtual machine; benchmarks read these members all the same, and find the process's memory and no collections.
    private func jvm(_ now: Int64) -> JSONValue {
        let collectors: JSONValue = ["collection_count": 0, "collection_time_in_millis": 0]
        return [
            "timestamp": .int(Int(now)), "uptime_in_millis": .int(node.uptimeMilliseconds),
            "mem": [
                "heap_used_in_bytes": .int(node.residentBytes), "heap_used_percent": .int(node.residentPercent),
                "heap_committed_in_bytes": .int(node.residentBytes), "heap_max_in_bytes": .int(node.memoryBytes),
                "non_heap_used_in_bytes": 0, "non_heap_committed_in_bytes": 0, "pools": [:],
            ], "threads": ["count": 0, "peak_count": 0], "gc": ["collectors": ["young": collectors, "old": collectors]],
            "buffer_pools": [:], "classes": ["current_loaded_count": 0, "total_loaded_count": 0, "total_unloaded_count": 0],
        ]
    }

    /// `_cluster/stats`
    public func clusterStatistics(_ health: ClusterHealth, indices: JSONValue, ingest: IngestStatistics, now: Int64) -> JSONValue {
        var statistics = indices.object ?? [:]
        let shards = health.primaryShards
        let perIndex = { (value: Int) -> JSONValue in ["min": .int(value), "max": .int(value), "avg": .double(Double(value))] }
        let counts = health.indices.map(\.numberOfShards)
        statistics["count"] = .int(health.indices.count)
        statistics["mappings"] = MappingStatistics(health.indices.map(\.metadata.mapping)).json
        statistics["shards"] = counts.isEmpty
            ? [:]
            : [
                "total": .int(shards), "primaries": .int(shards), "replication": 0.0,
                "index": [
                    "shards": [
                        "min": .int(counts.min() ?? 0), "max": .int(counts.max() ?? 0),
                        "avg": .double(Double(counts.reduce(0, +)) / Double(counts.count)),
                    ], "primaries": perIndex(counts.max() ?? 0), "replication": ["min": 0.0, "max": 0.0, "avg": 0.0],
                ],
            ]
        let roles = NodeFacts.roles.map { ($0, JSONValue.int(1)) }
        return [
            "_nodes": ["total": 1, "successful": 1, "failed": 0], "cluster_name": .string(node.clusterName),
            "cluster_uuid": .string(node.id),
            "timestamp": .int(Int(now)), "status": .string(health.status.rawValue), "indices": .object(statistics),
            "nodes": [
                "count": .object(([("total", 1), ("coordinating_only", 0), ("voting_only", 0)] + roles).members),
                "versions": [.string(VersionInfo.elasticsearch)],
                "os": [
                    "available_processors": .int(node.processors), "allocated_processors": .int(node.processors),
                    "names": [["name": "Linux", "count": 1]], "mem": ["total_in_bytes": .int(node.memoryBytes)],
                ], "process": ["cpu": ["percent": 0], "open_file_descriptors": ["min": -1, "max": -1, "avg": -1]],
                "jvm": [
                    "max_uptime_in_millis": .int(node.uptimeMilliseconds), "versions": [],
                    "mem": ["heap_used_in_bytes": .int(node.residentBytes), "heap_max_in_bytes": .int(node.memoryBytes)], "threads": 0,
                ],
                "fs": ["total_in_bytes": .int(node.diskTotalBytes), "free_in_bytes": .int(node.diskFreeBytes), "available_in_bytes": .int(node.diskFreeBytes)],
                "plugins": [], "network_types": ["transport_types": [:], "http_types": [:]],
                "discovery_types": ["single-node": 1], "packaging_types": [["flavor": "default", "type": "tar", "count": 1]],
                "ingest": ingest.summary,
            ],
        ]
    }
}
