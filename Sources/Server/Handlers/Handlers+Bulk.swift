internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `POST /_bulk` and `POST /{index}/_bulk`
    @Sendable func bulk(_ request: APIRequest) async throws -> Reply {
        let start = ContinuousClock.now
        let defaults = try BulkRequest.Defaults(index: request.captures["index"], parameters: request.parameters)
        let refresh = try RefreshPolicy(request.parameters)
        guard let bytes = request.bodyBytes else { throw ElasticsearchError.validation(["no requests added"]) }
        let items = try BulkRequest(body: bytes, defaults: defaults).items
        let operations = items.compactMap { item -> WriteOperation? in
            if case .write(let operation, _) = item { operation } else { nil }
        }
        let ingestStart = ContinuousClock.now
        let outcomes = await ingest(operations)
        let ingestTook = outcomes.contains(where: \.ranPipelines) ? ingestStart.duration(to: .now).wholeMilliseconds : nil
        var ingested = outcomes.makeIterator()
        let ready = outcomes.compactMap { if case .write(let operation) = $0 { operation } else { nil } }
        var results = await indices.write(ready, refresh: refresh).makeIterator()
        var response = BulkResponse()
        for item in items {
            switch item {
            case .refused(let refused):
                response.append(refused.action, index: refused.index, id: refused.id, refused.error)
            case .write(let operation, let listsPipelines):
                switch ingested.next() {
                case .write(let ready)?:
                    append(results.next() ?? .failure(IndicesError.stopping), of: ready, listsPipelines, to: &response)
                case .dropped?: response.appendDropped(operation.action.rawValue, index: operation.index, id: operation.id)
                case .failed(let error)?: append(.failure(error), of: operation, listsPipelines, to: &response)
                case nil: append(.failure(IndicesError.stopping), of: operation, listsPipelines, to: &response)
                }
            }
        }
        return .json(response.json(took: start.duration(to: .now).wholeMilliseconds, ingestTook: ingestTook))
    }

    private func append(
        _ result: Result<WriteResult, any Error>, of operation: WriteOperation, _ listsPipelines: Bool,
        to response: inout BulkResponse
    ) {
        switch result {
        case .success(let result): 
            response.append(
                operation.action.rawValue, result, pipelines: listsPipelines ? operation.executedPipelines : nil)
        case .failure(let error):
            response.append(
                operation.action.rawValue, index: operation.index, id: operation.id,
                ElasticsearchError(error) ?? .internalError)
        }
    }
}
