internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Query

extension Handlers {
    /// `GET /_cat`
    @Sendable func catHelp(_ request: APIRequest) -> Reply {
        Reply(.text(CatCluster.help))
    }

    /// Writes a table as the parameters ask for.
    func reply(_ request: APIRequest, _ table: CatTable) throws -> Reply {
        if try request.flag("help") { return Reply(.text(table.help)) }
        let sorted = try request.parameters.list("s").map { (keys) throws in try table.sorted(by: keys) } ?? table
        let chosen = sorted.selecting(request.parameters.list("h"))
        let isJSON = request.options.format.map(\.isStructured) ?? request.negotiation.prefersJSON
        if isJSON { return .json(chosen.json) }
        return Reply(.text(chosen.text(withHeader: try request.flag("v"))))
    }

    private static let closedToo = IndexDefaults(expansion: [.open, .closed], takesClosed: true)

    /// `GET /_cat/indices/{index}`
    @Sendable func catIndices(_ request: APIRequest) throws -> Reply {
        let health = try request.parameters["health"].map { (text) throws(ElasticsearchError) in
            guard let health = ClusterHealth.Status(rawValue: text.lowercased()) else {
                throw .illegalArgument("unknown cluster health status [\(text)]")
            }
            return health
        }
        // With one copy of each shard, primaries are all there is.
        _ = try request.flag("pri")
        let statistics = try indices.statistics(try request.indexExpression(Self.closedToo))
        return try reply(request, CatIndices.table(statistics, health: health, units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/shards/{index}`
    @Sendable func catShards(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression(.everything))
        return try reply(request, CatIndices.shards(statistics, node: node, units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/segments/{index}`
    @Sendable func catSegments(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression())
        return try reply(request, CatIndices.segments(statistics, node: node, units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/recovery/{index}`
    @Sendable func catRecovery(_ request: APIRequest) throws -> Reply {
        var statistics = try indices.statistics(try request.indexExpression(.everything))
        let onlyActive = try request.flag("active_only")
        statistics = statistics.filter { $0.state == .recovering || ($0.state == .open && !onlyActive) }
        return try reply(request, CatIndices.recovery(statistics, node: node, units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/aliases/{name}`
    @Sendable func catAliases(_ request: APIRequest) throws -> Reply {
        let names = request.names("name") ?? []
        let expression = try request.indexExpression([], .everything)
        let found = try indices.aliases(names, of: expression, keepsIndicesWithout: false).found
        let rows = found.flatMap { entry in
            entry.aliases.map { (alias: $0.key, index: entry.index, metadata: $0.value) }
        }.sorted { ($0.alias, $0.index) < ($1.alias, $1.index) }
        return try reply(request, CatNames.aliases(rows))
    }

    /// `GET /_cat/count/{index}`
    @Sendable func catCount(_ request: APIRequest) async throws -> Reply {
        let search = Search(query: .matchAll, size: 0, trackTotalHits: .exactly)
        let found = try await indices.search(search, in: try request.indexExpression())
        return try reply(request, CatCluster.count(found.total?.value ?? 0, now: now))
    }

    /// `GET /_cat/health`
    @Sendable func catHealth(_ request: APIRequest) throws -> Reply {
        let withTime = try request.parameters.bool("ts") ?? true
        return try reply(request, CatCluster.health(try indices.health(), now: now, withTime: withTime))
    }

    /// `GET /_cat/nodes`
    @Sendable func catNodes(_ request: APIRequest) throws -> Reply {
        try reply(
            request, CatCluster.nodes(node, units: try CatUnits(request.parameters), fullID: try request.flag("full_id")))
    }

    /// `GET /_cat/master`
    @Sendable func catMaster(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.master(node))
    }

    /// `GET /_cat/allocation/{node_id}`
    @Sendable func catAllocation(_ request: APIRequest) throws -> Reply {
        try reply(
            request, CatCluster.allocation(node, try indices.health(), units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/thread_pool/{thread_pool_patterns}`
    @Sendable func catThreadPool(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.threadPools(node, pattern: request.captures["thread_pool_patterns"]))
    }

    /// `GET /_cat/templates/{name}`
    @Sendable func catTemplates(_ request: APIRequest) throws -> Reply {
        try reply(request, CatNames.templates(indices.cluster.metadata, pattern: request.captures["name"]))
    }

    /// `GET /_cat/component_templates/{name}`
    @Sendable func catComponentTemplates(_ request: APIRequest) throws -> Reply {
        try reply(request, CatNames.componentTemplates(indices.cluster.metadata, pattern: request.captures["name"]))
    }

    /// `GET /_cat/ml/trained_models/{model_id}`
    @Sendable func catTrainedModels(_ request: APIRequest) async throws -> Reply {
        let entries = try page(try await selection(request).entries, request)
        return try reply(request, CatCluster.models(entries, units: try CatUnits(request.parameters)))
    }

    /// `GET /_cat/plugins`
    @Sendable func catPlugins(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(["id", "name", "component", "version", "description"]))
    }

    /// `GET /_cat/pending_tasks`
    @Sendable func catPendingTasks(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(["insertOrder", "timeInQueue", "priority", "source"]))
    }

    /// `GET /_cat/nodeattrs`
    @Sendable func catNodeAttributes(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(["node", "host", "ip", "attr", "value"]))
    }

    /// `GET /_cat/repositories`
    @Sendable func catRepositories(_ request: APIRequest) throws -> Reply {
        try reply(request, CatCluster.nothing(["id", "type"]))
    }
}
