internal import ElasticsearchAPI
internal import Indices

/// What `_cluster/health` is asked to wait for.
struct HealthWait {
    private static let priorities: Set = ["immediate", "urgent", "high", "normal", "low", "languid"]

    private var status: ClusterHealth.Status?
    private var isOneNode = true
    private var activeShards: String?
    private var noInitializing = false

    init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        if let text = parameters["wait_for_status"] {
            guard let wanted = ClusterHealth.Status(rawValue: text.lowercased()) else {
                throw ElasticsearchError.illegalArgument("unknown cluster health status [\(text)]")
            }
            status = wanted
        }
        if let nodes = parameters["wait_for_nodes"] { isOneNode = try Self.isOneNode(nodes) }
        if let text = parameters["wait_for_active_shards"] {
            guard text == "all" || Int(text).map({ $0 >= 0 }) == true else {
                throw ElasticsearchError.illegalArgument("cannot parse ActiveShardCount[\(text)]")
            }
            activeShards = text
        }
        if let text = parameters["wait_for_events"], !Self.priorities.contains(text.lowercased()) {
            throw ElasticsearchError.illegalArgument("No enum constant org.elasticsearch.common.Priority.\(text.uppercased())")
        }
        noInitializing = try parameters.bool("wait_for_no_initializing_shards") ?? false
        // No shard ever moves.
        _ = try parameters.bool("wait_for_no_relocating_shards")
    }

    func isSatisfied(by health: ClusterHealth) -> Bool {
        guard isOneNode, status.map({ health.status >= $0 }) ?? true else { return false }
        if noInitializing, health.initializingShards > 0 { return false }
        switch activeShards {
        case nil: return true
        case "all": return health.unassignedShards == 0 && health.initializingShards == 0
        case .some(let text): return health.primaryShards >= Int(text) ?? 0
        }
    }

    /// Whether one node is as many as `>=1`, `le(2)` or `1` asks for.
    private static func isOneNode(_ text: String) throws(ElasticsearchError) -> Bool {
        let comparisons: [(prefixes: [String], holds: (Int) -> Bool)] = [
            ([">=", "ge("], { 1 >= $0 }), (["<=", "le("], { 1 <= $0 }), ([">", "gt("], { 1 > $0 }),
            (["<", "lt("], { 1 < $0 }), ([""], { 1 == $0 }),
        ]
        for comparison in comparisons {
            guard let prefix = comparison.prefixes.first(where: { text.hasPrefix($0) }) else { continue }
            let digits = text.dropFirst(prefix.count).prefix { $0 != ")" }
            guard let count = Int(digits) else { break }
            return comparison.holds(count)
        }
        throw ElasticsearchError(
            status: 400, "number_format_exception", "For input string: \"\(text)\"")
    }
}
