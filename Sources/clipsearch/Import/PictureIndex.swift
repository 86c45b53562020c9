internal import ElasticsearchAPI
internal import JSON
internal import Synchronization

/// The index that pictures go to. It is made when the first vector has come: only the model knows its length.
actor PictureIndex {
    nonisolated let name: String
    nonisolated let client: ElasticsearchClient
    private let model: String
    /// Those of the indices that the name stands for; nil: there is none.
    private var mappings: [JSONValue]?
    private var making: Task<[JSONValue], any Error>?

    var exists: Bool { mappings != nil }

    /// Asks the node whether there is the index, and whose vectors it holds.
    ///
    /// - Throws: `ClientError`: at once, if there is no node; `ImportError.modelOfIndex`.
    init(_ name: String, model: String, client: ElasticsearchClient) async throws {
        self.name = name
        self.model = model
        self.client = client
        var hasty = client
        hasty.retries = .none
        mappings = try await Self.mappings(name, model, hasty)
    }

    /// Makes the index, if there is none.
    ///
    /// - Throws: `ClientError`, `ImportError.dimensionsOfIndex`, `.modelOfIndex` if somebody else makes it at the time.
    func make(dimensions: Int) async throws {
        if mappings == nil {
            let making = making ?? Task { [client, name, model] in
                let body: JSONValue = ["mappings": PictureDocument.mapping(dimensions: dimensions, model: model)]
                let answer = try await client.send("PUT", "/" + ElasticsearchClient.escaped(name), body: body.serialized())
                let type = answer.document?.root.object?["error"]?.object?["type"]?.string
                guard answer.status == 200 || type == "resource_already_exists_exception" else {
                    throw ClientError.refused(request: "PUT /\(name)", reason: answer.reason)
                }
                return try await Self.mappings(name, model, client) ?? []
            }
            self.making = making
            mappings = try await making.value
        }
        let widths = (mappings ?? []).compactMap { mapping -> Int? in
            guard case .int(let width)? = mapping["properties"]?[PictureDocument.vectorField]?["dims"] else { return nil }
            return width
        }
        guard widths.isEmpty || widths.contains(dimensions) else {
            throw ImportError.dimensionsOfIndex(name, holds: widths, model: model, makes: dimensions)
        }
    }

    private static func mappings(_ name: String, _ model: String, _ client: ElasticsearchClient) async throws -> [JSONValue]? {
        let path = "/\(ElasticsearchClient.escaped(name))/_mapping"
        let answer = try await client.send("GET", path)
        if answer.status == 404 { return nil }
        guard answer.status == 200, let indices = answer.document?.root.object else {
            throw ClientError.refused(request: "GET \(path)", reason: answer.reason)
        }
        let mappings = indices.compactMap { JSONValue($0.value)["mappings"] }
        let models = mappings.compactMap { PictureDocument.model(meta: $0["_meta"]) }
        guard models.isEmpty || models.contains(model) else {
            throw ImportError.modelOfIndex(name, holds: Set(models).sorted(), model: model)
        }
        return mappings
    }

    func refresh() async throws {
        if exists { _ = try await client.call("POST", "/\(ElasticsearchClient.escaped(name))/_refresh") }
    }
}

/// Sends small copies of pictures for the node's page to show, until the node turns out to be one that keeps none.
final class ThumbnailSender: Sendable {
    private let client: ElasticsearchClient
    private let index: String
    private let isRefused = Mutex(false)

    init(client: ElasticsearchClient, index: String) {
        self.client = client
        self.index = index
    }

    /// In one request: each takes longer on its way than its bytes. A picture whose copy is refused is found all the same.
    ///
    /// - Throws: `ClientError.unreachable`.
    func send(_ thumbnails: [(hash: String, bytes: [UInt8])]) async throws {
        guard !thumbnails.isEmpty, !isRefused.withLock({ $0 }) else { return }
        let body = ThumbnailParts.body(thumbnails.map { .init(hash: $0.hash, bytes: $0.bytes) })
        let path = "/\(ElasticsearchClient.escaped(index))/_image/_thumbnail"
        let answer = try await client.send("PUT", path, body: body, contentType: "application/octet-stream")
        // Elasticsearch has no such path.
        if answer.status == 405 || answer.document?.root.object?["error"]?.string != nil { isRefused.withLock { $0 = true } }
    }
}
