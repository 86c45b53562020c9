internal import ElasticsearchAPI
internal import Indices
internal import Ingest
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
        return .json(NodesResponse(node, selecting: nil).clusterStatistics(health, indices: total, ingest: pipelines.statistics, now: now))
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

    /// `GET /_health_report/{feature}`
    @Sendable func healthReport(_ request: APIRequest) throws -> Reply {
        let report = HealthReport(
            health: try indices.health(), node: node, features: request.names("feature"),
            isVerbose: try request.parameters.bool("verbose") ?? true, size: try request.parameters.int("size") ?? 1000)
        return .json(try report.json)
    }
}
