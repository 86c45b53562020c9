internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import NIOCore

extension Handlers {
    /// `PUT /{index}/_doc/{id}` and `POST /{index}/_doc`
    @Sendable func indexDocument(_ request: APIRequest) async throws -> Reply {
        try await write(.index, request)
    }

    /// `PUT /{index}/_create/{id}`
    @Sendable func createDocument(_ request: APIRequest) async throws -> Reply {
        try await write(.create, request)
    }

    /// `DELETE /{index}/_doc/{id}`
    @Sendable func deleteDocument(_ request: APIRequest) async throws -> Reply {
        try await write(.delete, request)
    }

    /// `POST /{index}/_update/{id}`
    @Sendable func updateDocument(_ request: APIRequest) async throws -> Reply {
        let operation = try WriteOperation.update(
            index: try request.capture("index"), id: try request.capture("id"), request.parameters,
            body: try request.requiredBody())
        return try await carryOut(operation, try RefreshPolicy(request.parameters), try CopyRequirement(request.parameters))
    }

    private func write(_ action: WriteOperation.Action, _ request: APIRequest) async throws -> Reply {
        let id = request.captures["id"]
        let parameters = try WriteParameters(action, request.parameters, hasID: id != nil)
        let operation = parameters.operation(
            index: try request.capture("index"), id: id, source: request.bodyBytes.map { Array($0) } ?? [])
        return try await carryOut(operation, parameters.refresh, try CopyRequirement(request.parameters))
    }

    func carryOut(
        _ operation: WriteOperation, _ refresh: RefreshPolicy, _ copies: CopyRequirement = CopyRequirement()
    ) async throws -> Reply {
        let ready: WriteOperation
        switch await ingest([operation]).first {
        case .write(let operation)?: ready = operation
        case .dropped?: return .json(.object(DroppedWrite.members(index: operation.index, id: operation.id)))
        case .failed(let error)?: throw error
        case nil: throw IndicesError.stopping
        }
        guard let result = try await indices.write([ready], refresh: refresh, requiring: copies).first?.get() else {
            throw IndicesError.stopping
        }
        let isNew = result.status == 201
        return Reply(
            status: result.status, .json(result.json),
            location: isNew ? "/\(result.index.percentEncoded)/_doc/\(result.id.percentEncoded)" : nil)
    }

    // MARK: Reading

    /// `GET /{index}/_doc/{id}`
    @Sendable func getDocument(_ request: APIRequest) async throws -> Reply {
        let wanted = try documentRequest(request)
        guard let document = try await indices.document(wanted) else {
            return .json(MissingDocument.json(index: wanted.index, id: wanted.id), status: 404)
        }
        return .json(document.json)
    }

    /// `HEAD /{index}/_doc/{id}`
    @Sendable func documentExists(_ request: APIRequest) async throws -> Reply {
        Reply(status: try await indices.document(try documentRequest(request)) == nil ? 404 : 200, .empty)
    }

    /// `GET /{index}/_source/{id}`
    @Sendable func getSource(_ request: APIRequest) async throws -> Reply {
        let wanted = try documentRequest(request)
        guard let document = try await indices.document(wanted) else {
            throw MissingDocument.source(index: wanted.index, id: wanted.id)
        }
        guard let source = document.source else { throw MissingDocument.noSource(index: wanted.index, id: wanted.id) }
        return .json(source)
    }

    /// `HEAD /{index}/_source/{id}`
    @Sendable func sourceExists(_ request: APIRequest) async throws -> Reply {
        let document = try await indices.document(try documentRequest(request))
        return Reply(status: document?.source == nil ? 404 : 200, .empty)
    }

    private func documentRequest(_ request: APIRequest) throws -> DocumentRequest {
        try DocumentRequest(
            index: try request.capture("index"), id: try request.capture("id"), request.parameters)
    }

    /// `POST /_mget` and `POST /{index}/_mget`
    @Sendable func multiGet(_ request: APIRequest) async throws -> Reply {
        let wanted = try MultiGetRequest(
            body: try request.requiredBody(), index: request.captures["index"], parameters: request.parameters)
        var entries: [JSONValue] = []
        entries.reserveCapacity(wanted.documents.count)
        for document in wanted.documents { entries.append(await entry(document)) }
        return .json(["docs": .array(entries)])
    }

    private func entry(_ wanted: DocumentRequest) async -> JSONValue {
        do {
            return try await indices.document(wanted)?.json ?? MissingDocument.json(index: wanted.index, id: wanted.id)
        } catch {
            return MissingDocument.json(index: wanted.index, id: wanted.id, ElasticsearchError(error) ?? .internalError)
        }
    }
}
