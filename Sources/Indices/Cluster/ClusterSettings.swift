internal import Analysis
internal import Mapping
internal import Query

/// The settings of the cluster that a client may give.
///
/// Some change what the node does; most tune how Elasticsearch spreads shards over nodes, recovers or logs: they are kept and
/// reported, and there is nothing here that they could change.
public enum ClusterSettings {
    public static let automaticCreation = "action.auto_create_index"
    static let expensiveQueries = "search.allow_expensive_queries"
    static let maximumBuckets = "search.max_buckets"
    static let searchTimeout = "search.default_search_timeout"
    static let partialResults = "search.default_allow_partial_results"
    public static let destructionRequiresName = "action.destructive_requires_name"
    /// Bytes of a picture that a semantic field takes.
    public static let largestBinaryInput = "indices.inference.max_binary_input_size"
    /// Bytes of contents of semantic fields that go to a model together.
    static let inferenceBatch = "indices.inference.batch_size"

    /// Sizes in bytes, and what they may be.
    private static let sizes: [String: ClosedRange<Int>] = [largestBinaryInput: 1...20 << 20, inferenceBatch: 1...100 << 20]

    /// By key: what counts where no value is given.
    public static let standardValues: [String: String] = [
        automaticCreation: "true", destructionRequiresName: "true", "cluster.max_shards_per_node": "1000",
        "cluster.max_shards_per_node.frozen": "3000", "cluster.name": "clipsearch",
        "cluster.routing.allocation.enable": "all", "cluster.routing.rebalance.enable": "all",
        inferenceBatch: "1mb", largestBinaryInput: "1mb", "indices.recovery.max_bytes_per_sec": "40mb", expensiveQueries: "true",
        partialResults: "true",
        KeepAliveSettings.defaultKey: "5m", searchTimeout: "-1", KeepAliveSettings.maximumKey: "24h",
        maximumBuckets: String(AggregationReduction.maximumBuckets),
    ]
    private static let booleans: Set = [destructionRequiresName, expensiveQueries, partialResults]
    private static let fixed: Set<String> = ["cluster.name"]
    private static let acceptedPrefixes = [
        "cluster.routing.", "cluster.info.", "cluster.indices.", "cluster.metadata.", "indices.recovery.", "indices.breaker.",
        "indices.lifecycle.", "indices.query.", "logger.", "search.", "ingest.", "xpack.", "persistent_tasks.", "script.",
        "cluster.max_shards_per_node", "cluster.persistent_tasks.", "cluster.blocks.",
    ]

    private static func check(_ value: String, of key: String) throws(IndicesError) {
        if booleans.contains(key), Bool(value) == nil {
            throw .invalidSetting(
                key: key, value: value, reason: "Failed to parse value [\(value)] as only [true] or [false] are allowed.")
        }
        if let allowed = sizes[key] { try check(value, of: key, allowed) }
        if key == maximumBuckets {
            guard let count = Int32(value), count >= 0 else {
                throw .invalidSetting(
                    key: key, value: value,
                    reason: "Failed to parse value [\(value)] for setting [\(key)]" + (Int32(value) == nil ? "" : " must be >= 0"))
            }
        }
        if key == searchTimeout, value != "-1", TimeValue.parse(value) == nil {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse setting [\(key)] with value [\(value)] as a time value: unit is missing or unrecognized")
        }
    }

    private static func check(_ value: String, of key: String, _ allowed: ClosedRange<Int>) throws(IndicesError) {
        guard let size = ByteSize(parsing: value) else {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse setting [\(key)] with value [\(value)] as a size in bytes: unit is missing or unrecognized")
        }
        let bound = size.bytes < allowed.lowerBound ? allowed.lowerBound : allowed.upperBound
        guard allowed.contains(size.bytes) else {
            throw .invalidSetting(
                key: key, value: value,
                reason: "failed to parse value [\(value)] for setting [\(key)], must be "
                    + "\(bound == allowed.lowerBound ? ">=" : "<=") [\(ByteSize(bound).human)]")
        }
    }

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
            if let value { try check(value, of: key) }
            settings[key] = value
        }
    }
}
