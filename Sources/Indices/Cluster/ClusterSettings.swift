internal import Analysis
internal import Mapping

/// The settings of the cluster that a client may give.
///
/// Those of `typed` change what the node does; the prefixes tune how Elasticsearch spreads shards over nodes, recovers or
/// logs: they are kept and reported, and there is nothing here that they could change.
public enum ClusterSettings {
    public static let automaticCreation = "action.auto_create_index"
    static let expensiveQueries = "search.allow_expensive_queries"
    public static let destructionRequiresName = "action.destructive_requires_name"

    /// By key: what counts where no value is given.
    public static let standardValues: [String: String] = [
        automaticCreation: "true", destructionRequiresName: "true", "cluster.max_shards_per_node": "1000",
        "cluster.max_shards_per_node.frozen": "3000", "cluster.name": "clipsearch",
        "cluster.routing.allocation.enable": "all", "cluster.routing.rebalance.enable": "all",
        "indices.recovery.max_bytes_per_sec": "40mb", expensiveQueries: "true", "search.default_allow_partial_results": "true",
        KeepAliveSettings.defaultKey: "5m", "search.default_search_timeout": "-1", KeepAliveSettings.maximumKey: "24h",
        "search.max_buckets": "65536",
    ]
    private static let fixed: Set<String> = ["cluster.name"]
    private static let acceptedPrefixes = [
        "cluster.routing.", "cluster.info.", "cluster.indices.", "cluster.metadata.", "indices.recovery.", "indices.breaker.",
        "indices.lifecycle.", "indices.query.", "logger.", "search.", "ingest.", "xpack.", "persistent_tasks.", "script.",
        "cluster.max_shards_per_node", "cluster.persistent_tasks.", "cluster.blocks.",
    ]

    static func apply(_ change: SettingsChange, to settings: inout [String: String]) throws(IndicesError) {
        for (key, value) in change.values.sorted(by: { $0.key < $1.key }) {
            if key.contains("*"), value == nil {
                let pattern = WildcardPattern(key)
                settings = settings.filter { !pattern.matches($0.key) }
                continue
            }
            let value = value?.text
            guard !fixed.contains(key), standardValues[key] != nil || acceptedPrefixes.contains(where: { key.hasPrefix($0) })
            else { throw .unknownClusterSetting(key, isFixed: fixed.contains(key)) }
            if key == destructionRequiresName || key == expensiveQueries, let value, Bool(value) == nil {
                throw .invalidSetting(
                    key: key, value: value, reason: "Failed to parse value [\(value)] as only [true] or [false] are allowed.")
            }
            settings[key] = value
        }
    }
}
