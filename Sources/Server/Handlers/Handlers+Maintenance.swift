internal import ElasticsearchAPI
internal import Indices

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

    /// `GET /{index}/_stats/{metric}`
    @Sendable func statistics(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression())
        return .json(
            try StatisticsResponse(statistics, metrics: request.captures["metric"], path: request.path).json)
    }
}
