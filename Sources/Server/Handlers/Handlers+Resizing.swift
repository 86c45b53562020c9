internal import ElasticsearchAPI
internal import Indices

extension Handlers {
    /// `PUT /{index}/_clone/{target}`
    @Sendable func cloneIndex(_ request: APIRequest) async throws -> Reply { try await resize(.clone, request) }

    /// `PUT /{index}/_shrink/{target}`
    @Sendable func shrinkIndex(_ request: APIRequest) async throws -> Reply { try await resize(.shrink, request) }

    /// `PUT /{index}/_split/{target}`
    @Sendable func splitIndex(_ request: APIRequest) async throws -> Reply { try await resize(.split, request) }

    private func resize(_ kind: Resize.Kind, _ request: APIRequest) async throws -> Reply {
        let body = try request.bodyBytes.map { (bytes) throws in try ResizeBody(body: bytes) } ?? ResizeBody()
        let metadata = try await indices.resize(
            Resize(
                kind, from: try request.capture("index"), to: try request.capture("target"), settings: body.settings,
                aliases: body.aliases, maximumShardBytes: body.maximumShardBytes))
        return .json(Acknowledgement.created(index: metadata.name))
    }
}
