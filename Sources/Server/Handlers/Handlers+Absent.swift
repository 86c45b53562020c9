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

    /// `GET /_security/_authenticate`
    @Sendable func authenticate(_ request: APIRequest) -> Reply { .json(AbsentFeatures.authentication(user: nil)) }

    /// `GET /_xpack/usage`
    @Sendable func xpackUsage(_ request: APIRequest) -> Reply { .json(AbsentFeatures.usage) }

    /// `GET /_ml/info`
    @Sendable func machineLearningInfo(_ request: APIRequest) -> Reply { .json(AbsentFeatures.machineLearning) }

    /// `GET /_script_language`
    @Sendable func scriptLanguages(_ request: APIRequest) -> Reply { .json(AbsentFeatures.scriptLanguages) }

    /// `GET /_script_context`
    @Sendable func scriptContexts(_ request: APIRequest) -> Reply { .json(AbsentFeatures.scriptContexts) }

    /// `POST /_cluster/reroute`: shards have one place only. The state is answered where it is not declined.
    @Sendable func reroute(_ request: APIRequest) throws -> Reply {
        if request.parameters["metric"] == "none" { return .json(["acknowledged": true]) }
        let statistics = try indices.statistics(.everything)
        let state = try ClusterStateResponse(
            node, indices.cluster.metadata, statistics, metrics: request.parameters["metric"] ?? "version,nodes,routing_table",
            path: request.path
        ).json
        return .json(["acknowledged": true, "state": state])
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

    // MARK: Data streams

    /// `PUT /_data_stream/{name}`
    @Sendable func createDataStream(_ request: APIRequest) throws -> Reply {
        throw ElasticsearchError.illegalArgument(
            "data streams are not supported: [\(try request.capture("name"))] cannot be created")
    }

    /// `DELETE /_data_stream/{name}`: there is none, so that patterns match nothing.
    @Sendable func deleteDataStream(_ request: APIRequest) throws -> Reply {
        for name in request.names("name") ?? [] where !name.contains("*") && name != "_all" {
            throw IndicesError.indexNotFound(name)
        }
        return .json(["acknowledged": true])
    }
}
