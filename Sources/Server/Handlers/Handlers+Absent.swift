internal import ElasticsearchAPI
internal import Indices
internal import JSON

/// Features that are not here, as far as programs ask whether there is something.
extension Handlers {
    @Sendable func absent(_ request: APIRequest) throws -> Reply {
        let name = request.captures.filter { $0.key != "index" && $0.key != "snapshot" }.values.first
        return .json(try AbsentFeatures.answer(request.endpoint, named: name) ?? [:])
    }

    /// `GET /{index}/_ilm/explain`: no index is managed.
    @Sendable func explainLifecycle(_ request: APIRequest) throws -> Reply {
        let found = try indices.statistics(try request.indexExpression(IndexDefaults(expansion: .all, takesClosed: true)))
        let names = try request.flag("only_managed") ? [] : found.map(\.name)
        return .json(
            ["indices": .object(JSONMembers(names.map { ($0, ["index": .string($0), "managed": false] as JSONValue) }))])
    }

    /// `GET /{index}/_lifecycle/explain`: nothing has a lifecycle.
    @Sendable func explainDataLifecycle(_ request: APIRequest) throws -> Reply {
        let found = try indices.statistics(try request.indexExpression(IndexDefaults(expansion: .all, takesClosed: true)))
        return .json([
            "indices": .object(
                JSONMembers(found.map { ($0.name, ["index": .string($0.name), "managed_by_lifecycle": false] as JSONValue) }))
        ])
    }

    /// `POST /_license/start_basic` and `start_trial`: the license is what it is.
    @Sendable func startLicense(_ request: APIRequest) -> Reply {
        let isTrial = request.endpoint == .licensePostStartTrial
        return .json(
            [
                "acknowledged": true, .init(isTrial ? "trial_was_started" : "basic_was_started"): false,
                "error_message": .string("Operation failed: \(isTrial ? "Trial was already activated." : "Current license is basic.")"),
            ], status: 403)
    }

    /// `GET /_resolve/cluster/{name}`: there is this one.
    @Sendable func resolveCluster(_ request: APIRequest) throws -> Reply {
        var members: JSONMembers = ["connected": true, "skip_unavailable": false]
        if let names = request.names("name") {
            var expression = try request.indexExpression(names, .metadata)
            expression.ignoresUnavailable = true
            let found = try indices.resolveNames(expression)
            members["matching_indices"] = .bool(!found.indices.isEmpty || !found.aliases.isEmpty)
        }
        members["version"] = version.json.object?["version"].flatMap { $0.object }.map { shown in
            .object(
                JSONMembers(
                    shown.filter { ["number", "build_flavor", "minimum_wire_compatibility_version", "minimum_index_compatibility_version"].contains($0.key) }
                        .map { ($0.key, $0.value) }))
        }
        return .json(["(local)": .object(members)])
    }

    /// `GET /_security/_authenticate`
    @Sendable func authenticate(_ request: APIRequest) -> Reply { .json(AbsentFeatures.authentication(request.client)) }

    /// `GET /_xpack/usage`
    @Sendable func xpackUsage(_ request: APIRequest) -> Reply { .json(AbsentFeatures.usage) }

    /// `GET /_ml/info`
    @Sendable func machineLearningInfo(_ request: APIRequest) -> Reply { .json(AbsentFeatures.machineLearning) }

    /// `GET /_script_language`
    @Sendable func scriptLanguages(_ request: APIRequest) -> Reply { .json(AbsentFeatures.scriptLanguages) }

    /// `GET /_script_context`
    @Sendable func scriptContexts(_ request: APIRequest) -> Reply { .json(AbsentFeatures.scriptContexts) }

    /// `POST /_cluster/reroute`: shards have one place only. Clients of version 8 get the state, where they do not decline it.
    @Sendable func reroute(_ request: APIRequest) throws -> Reply {
        var members: JSONMembers = ["acknowledged": true]
        if try request.flag("explain") { members["explanations"] = [] }
        if !request.negotiation.isOfVersion8 || request.parameters["metric"] == "none" { return .json(.object(members)) }
        let statistics = try indices.statistics(.everything)
        let state = try ClusterStateResponse(
            node, indices.cluster.metadata, statistics, metrics: request.parameters["metric"] ?? "version,nodes,routing_table",
            path: request.path
        ).json
        members["state"] = state
        return .json(.object(members))
    }

    /// `GET /_info/{target}`
    @Sendable func clusterInfo(_ request: APIRequest) throws -> Reply {
        let targets = request.names("target") ?? []
        let known = ["http", "ingest", "thread_pool", "script"]
        for target in targets where target != "_all" && !known.contains(target) {
            throw ElasticsearchError.illegalArgument("request [\(request.path)] contains unrecognized target: [\(target)]")
        }
        let chosen = targets.contains("_all") ? known : targets
        return .json(.object(JSONMembers([("cluster_name", .string(version.clusterName))] + chosen.map { ($0, [:]) })))
    }

    /// `GET /_dangling`
    @Sendable func danglingIndices(_ request: APIRequest) -> Reply {
        .json([
            "_nodes": ["total": 1, "successful": 1, "failed": 0], "cluster_name": .string(version.clusterName), "dangling_indices": [],
        ])
    }

    /// `POST /{index}/_reload_search_analyzers`: analyzers read no files.
    @Sendable func reloadSearchAnalyzers(_ request: APIRequest) throws -> Reply {
        let shards = try indices.statistics(try request.indexExpression()).reduce(0) { $0 + $1.shards.count }
        return .json([
            "_shards": ["total": .int(shards), "successful": .int(shards), "failed": 0], "reload_details": [],
        ])
    }
}
