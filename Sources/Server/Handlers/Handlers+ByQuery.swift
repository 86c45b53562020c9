internal import ElasticsearchAPI
internal import Indices
internal import JSON

extension Handlers {
    /// `POST /{index}/_delete_by_query`
    @Sendable func deleteByQuery(_ request: APIRequest) async throws -> Reply {
        try await carryOut(
            try .deletion(try request.indexExpression(), body: try request.requiredBody(), request.parameters), request)
    }

    /// `POST /{index}/_update_by_query`
    @Sendable func updateByQuery(_ request: APIRequest) async throws -> Reply {
        try await carryOut(
            try .update(try request.indexExpression(), body: request.bodyBytes, request.parameters), request)
    }

    /// `POST /_reindex`
    @Sendable func reindex(_ request: APIRequest) async throws -> Reply {
        let decoded = try ReindexRequest(body: try request.requiredBody(), request.parameters)
        if let remote = decoded.remote {
            try remoteHosts.check(remote.host)
            let batches = try await RemoteDocumentBatches(remote, decoded.request)
            return try await carryOut(decoded.request, from: batches, request)
        }
        if case .reindex(let destination, _) = decoded.request.operation, try indices.writesToItself(decoded.request) {
            throw ElasticsearchError.validation([
                "reindex cannot write into an index its reading from [\(destination.index)]"
            ])
        }
        return try await carryOut(decoded.request, request)
    }

    private func carryOut(
        _ byQuery: ByQueryRequest, from remote: (any DocumentBatches)? = nil, _ request: APIRequest
    ) async throws -> Reply {
        guard try request.waitsForCompletion() else { return .json(try indices.start(byQuery, from: remote, ingest: ingest).started) }
        let result = try await indices.run(byQuery, from: remote, ingest: ingest)
        return .json(result.json, status: result.status)
    }

    /// `POST /_reindex/{task_id}/_rethrottle` and its kin
    @Sendable func rethrottle(_ request: APIRequest) throws -> Reply {
        guard request.parameters["requests_per_second"] != nil else {
            throw ElasticsearchError.illegalArgument("requests_per_second is a required parameter")
        }
        let rate = try request.parameters.requestsPerSecond()
        let id = try request.taskID()
        let task = indices.tasks[id].flatMap { $0.outcome == nil && $0.progress != nil ? $0 : nil }
        task?.progress?.setRequestsPerSecond(rate)
        task?.hurry()
        return .json(try taskList(task.map { [$0] } ?? [], request).json(missing: task == nil ? id : nil))
    }
}
