internal import ElasticsearchAPI
internal import Foundation
internal import Indices
internal import JSON

extension Handlers {
    /// `GET /_cluster/health/{index}`
    @Sendable func clusterHealth(_ request: APIRequest) async throws -> Reply {
        let wait = try HealthWait(request.parameters)
        let level = try request.parameters["level"].map { text throws(ElasticsearchError) in
            guard let level = ClusterHealth.Level(rawValue: text.lowercased()) else {
                throw .illegalArgument("level parameter must be one of [cluster] or [indices] or [shards] but was [\(text)]")
            }
            return level
        }
        let timeout = try request.parameters.duration("timeout") ?? .seconds(30)
        let deadline = ContinuousClock.now + timeout
        let expression = try request.indexExpression(
            IndexDefaults(ignoresUnavailable: true, expansion: .all, takesClosed: true))
        var strict = expression
        strict.ignoresUnavailable = false
        while true {
            var health = try indices.health(expression)
            let isMissing = !indices.exists(strict)
            if !isMissing, wait.isSatisfied(by: health) { return .json(health.json(timedOut: false, level: level ?? .cluster)) }
            guard ContinuousClock.now < deadline else {
                if isMissing { health.status = .red }
                return .json(health.json(timedOut: true, level: level ?? .cluster), status: 408)
            }
            // Nobody tells of every change that a client may wait for.
            try await Task.sleep(for: min(Self.healthInterval, deadline - .now))
        }
    }

    private static let healthInterval = Duration.milliseconds(50)

    /// `GET /_cluster/settings`
    @Sendable func getClusterSettings(_ request: APIRequest) throws -> Reply {
        .json(
            ClusterSettingsResponse.json(
                indices.cluster, isFlat: try request.flag("flat_settings"),
                includesDefaults: try request.flag("include_defaults")))
    }

    /// `PUT /_cluster/settings`
    @Sendable func putClusterSettings(_ request: APIRequest) throws -> Reply {
        let body = try ClusterSettingsBody(body: try request.requiredBody())
        try indices.cluster.changeSettings(persistent: body.persistent, transient: body.transient)
        return .json(ClusterSettingsResponse.changed(body.persistent, body.transient, isFlat: try request.flag("flat_settings")))
    }

    /// `GET /_cluster/state/{metric}/{index}`
    @Sendable func clusterState(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(
            try request.indexExpression(IndexDefaults(ignoresUnavailable: true, expansion: .all, takesClosed: true)))
        return .json(
            try ClusterStateResponse(
                node, indices.cluster.metadata, statistics, metrics: request.captures["metric"], path: request.path
            ).json)
    }

    /// `GET /_cluster/stats`
    @Sendable func clusterStatistics(_ request: APIRequest) throws -> Reply {
        let health = try indices.health()
        let total = try StatisticsResponse(health.indices, metrics: nil, path: request.path).total
        return .json(NodesResponse(node, selecting: nil).clusterStatistics(health, indices: total, now: now))
    }

    /// `GET /_cluster/pending_tasks`
    @Sendable func pendingTasks(_ request: APIRequest) -> Reply {
        .json(["tasks": []])
    }

    /// `GET /_cluster/allocation/explain`
    @Sendable func explainAllocation(_ request: APIRequest) throws -> Reply {
        let explanation = try AllocationExplanation(body: request.bodyBytes, parameters: request.parameters)
        return .json(try explanation.json(try indices.health().indices, node: node))
    }

    /// `GET /_remote/info`
    @Sendable func remoteInfo(_ request: APIRequest) -> Reply {
        .json([:])
    }

    /// `GET /_license`
    @Sendable func license(_ request: APIRequest) -> Reply {
        .json(LicenseResponse.license(node))
    }

    /// `GET /_xpack`
    @Sendable func xpackInfo(_ request: APIRequest) -> Reply {
        .json(LicenseResponse.features(node))
    }

    // MARK: Nodes

    /// `GET /_nodes/{node_id}/{metric}`
    @Sendable func nodesInfo(_ request: APIRequest) throws -> Reply {
        var selection = request.captures["node_id"], metrics = request.captures["metric"]
        // One segment may be either.
        if selection == nil, let text = metrics, !NodesResponse.isInfoMetrics(text) { (selection, metrics) = (text, nil) }
        if metrics == nil, let text = selection, NodesResponse.isInfoMetrics(text), text != "_all" {
            (selection, metrics) = (nil, text)
        }
        return .json(try NodesResponse(node, selecting: selection).info(metrics: metrics, path: request.path))
    }

    /// `GET /_nodes/{node_id}/stats/{metric}`
    @Sendable func nodesStatistics(_ request: APIRequest) throws -> Reply {
        let total = try StatisticsResponse(
            try indices.statistics(.everything), metrics: request.captures["index_metric"], path: request.path
        ).total
        return .json(
            try NodesResponse(node, selecting: request.captures["node_id"]).statistics(
                metrics: request.captures["metric"], indices: total, now: now, path: request.path))
    }

    /// `GET /_nodes/{node_id}/hot_threads`: no threads are sampled.
    @Sendable func hotThreads(_ request: APIRequest) -> Reply {
        Reply(.text("::: {\(node.name)}{\(node.id)}{\(node.host)}{\(node.httpAddress)}{\(NodeFacts.roleLetters)}\n"))
    }

    /// What there is to say of the node now.
    var node: NodeFacts {
        NodeFacts(indices.directory, name: version.nodeName, clusterName: version.clusterName, host: host, port: port)
    }

    /// Milliseconds since 1970.
    var now: Int64 { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
}

/// What `_cluster/health` is asked to wait for.
private struct HealthWait {
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
