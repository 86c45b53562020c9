internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `POST /{index}/_refresh`
    @Sendable func refresh(_ request: APIRequest) async throws -> Reply {
        .json(try await indices.refresh(try request.indexExpression()).response)
    }

    /// `POST /{index}/_flush`
    @Sendable func flush(_ request: APIRequest) async throws -> Reply {
        .json(try await indices.flush(try request.indexExpression()).response)
    }

    /// `POST /{index}/_forcemerge`
    @Sendable func forceMerge(_ request: APIRequest) async throws -> Reply {
        let merge = try ForceMerge(request.parameters)
        guard try request.waitsForCompletion() else {
            return .json(try indices.startForceMerge(try request.indexExpression(), merge).started)
        }
        return .json(try await indices.forceMerge(try request.indexExpression(), merge).response)
    }

    /// `POST /{index}/_cache/clear`: nothing is cached.
    @Sendable func clearCache(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression())
        return .json(ShardCounts(total: statistics.reduce(0) { $0 + $1.shards.count }).response)
    }

    /// `GET /{index}/_stats/{metric}`
    @Sendable func statistics(_ request: APIRequest) throws -> Reply {
        var expression = try request.indexExpression()
        if try request.parameters.bool("forbid_closed_indices") == false { expression.takesClosed = true }
        let level = try request.parameters["level"].map { (text) throws(ElasticsearchError) in
            guard let level = StatisticsResponse.Level(rawValue: text) else {
                throw .illegalArgument("level parameter must be one of [cluster] or [indices] or [shards] but was [\(text)]")
            }
            return level
        }
        return .json(
            try StatisticsResponse(
                try indices.statistics(expression), metrics: request.captures["metric"], level: level ?? .indices,
                nodeID: indices.directory.nodeID, path: request.path
            ).json)
    }

    /// `GET /{index}/_segments`
    @Sendable func segments(_ request: APIRequest) throws -> Reply {
        .json(
            ShardsResponse.segments(
                try indices.statistics(try request.indexExpression()), nodeID: indices.directory.nodeID))
    }

    /// `GET /{index}/_recovery`
    @Sendable func recovery(_ request: APIRequest) throws -> Reply {
        .json(
            ShardsResponse.recovery(
                try indices.statistics(try request.indexExpression(.metadata)), node: node,
                onlyActive: try request.flag("active_only")))
    }

    /// `GET /{index}/_shard_stores`
    @Sendable func shardStores(_ request: APIRequest) throws -> Reply {
        let status = Set(request.parameters.list("status") ?? ["yellow", "red"])
        if let unknown = status.subtracting(["green", "yellow", "red", "all"]).min() {
            throw ElasticsearchError.illegalArgument("unknown cluster health status [\(unknown)]")
        }
        return .json(ShardsResponse.stores(try indices.statistics(try request.indexExpression()), node: node, status: status))
    }
}
