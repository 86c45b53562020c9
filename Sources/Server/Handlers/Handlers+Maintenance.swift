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
        guard try request.parameters.bool("wait_for_completion") != false else {
            throw ElasticsearchError.illegalArgument("[wait_for_completion] cannot be [false]")
        }
        if let segments = try request.parameters.int("max_num_segments"), segments < 1, segments != -1 {
            throw ElasticsearchError.illegalArgument("max_num_segments must be greater than 0 but was [\(segments)]")
        }
        return .json(try await indices.forceMerge(try request.indexExpression()).response)
    }

    /// `GET /{index}/_stats/{metric}`
    @Sendable func statistics(_ request: APIRequest) throws -> Reply {
        let statistics = try indices.statistics(try request.indexExpression())
        return .json(
            try StatisticsResponse(statistics, metrics: request.captures["metric"], path: request.path).json)
    }
}
