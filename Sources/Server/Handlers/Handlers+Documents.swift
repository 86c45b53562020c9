internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import NIOCore
internal import Query

extension Handlers {
    /// `PUT /{index}/_doc/{id}` and `POST /{index}/_doc`
    @Sendable func indexDocument(_ request: APIRequest) async throws -> Reply {
        let parameters = try WriteParameters(request.parameters)
        return try await write(parameters.mustCreate ? .create : .index, request, parameters)
    }

    /// `PUT /{index}/_create/{id}`
    @Sendable func createDocument(_ request: APIRequest) async throws -> Reply {
        try await write(.create, request, try WriteParameters(request.parameters))
    }

    /// `DELETE /{index}/_doc/{id}`
    @Sendable func deleteDocument(_ request: APIRequest) async throws -> Reply {
        try await write(.delete, request, try WriteParameters(request.parameters))
    }

    private func write(
        _ action: WriteOperation.Action, _ request: APIRequest, _ parameters: WriteParameters
    ) async throws -> Reply {
        let operation = WriteOperation(
            action, index: try request.capture("index"), id: request.captures["id"], routing: parameters.routing,
            source: request.bodyBytes.map { Array($0) } ?? [], ifSequenceNumber: parameters.ifSequenceNumber,
            ifPrimaryTerm: parameters.ifPrimaryTerm, requiresAlias: parameters.requiresAlias, pipeline: parameters.pipeline)
        let ready: WriteOperation
        switch await ingest([operation]).first {
        case .write(let operation)?: ready = operation
        case .dropped?: return .json(.object(DroppedWrite.members(index: operation.index, id: operation.id)))
        case .failed(let error)?: throw error
        case nil: throw IndicesError.stopping
        }
        guard let result = try await indices.write([ready], refresh: parameters.refresh).first?.get() else {
            throw IndicesError.stopping
        }
        let isNew = result.status == 201
        return Reply(
            status: result.status, .json(result.json),
            location: isNew ? "/\(result.index.percentEncoded)/_doc/\(result.id.percentEncoded)" : nil)
    }

    /// `GET /{index}/_doc/{id}`
    @Sendable func getDocument(_ request: APIRequest) throws -> Reply {
        let filter = try SourceFilter(request.parameters) ?? .all
        guard let document = try document(request) else {
            let missing = MissingDocument.json(index: try request.capture("index"), id: try request.capture("id"))
            return .json(missing, status: 404)
        }
        return .json(document.json(filter))
    }

    /// `HEAD /{index}/_doc/{id}`
    @Sendable func documentExists(_ request: APIRequest) throws -> Reply {
        Reply(status: try document(request) == nil ? 404 : 200, .empty)
    }

    /// Always in real time.
    private func document(_ request: APIRequest) throws -> StoredDocument? {
        guard try request.parameters.bool("realtime") != false else {
            throw ElasticsearchError.illegalArgument("[realtime] cannot be [false]")
        }
        return try indices.document(
            try request.capture("id"), in: try request.capture("index"), routing: request.parameters["routing"])
    }
}
