internal import ElasticsearchAPI
internal import JSON
internal import Synchronization

/// The index that pictures go to. It is made when the first vector has come: only the model knows its length.
actor PictureIndex {
    nonisolated let name: String
    nonisolated let client: ElasticsearchClient
    private let model: String
    private(set) var exists: Bool
    private var making: Task<Void, any Error>?

    /// Asks the node whether there is the index.
    ///
    /// - Throws: `ClientError`: at once, if there is no node.
    init(_ name: String, model: String, client: ElasticsearchClient) async throws {
        self.name = name
        self.model = model
        self.client = client
        var hasty = client
        hasty.retries = .none
        let answer = try await hasty.send("HEAD", "/" + ElasticsearchClient.escaped(name))
        guard answer.status == 200 || answer.status == 404 else {
            throw ClientError.refused(request: "HEAD /\(name)", reason: answer.reason)
        }
        exists = answer.status == 200
    }

    /// Makes the index, if there is none.
    func make(dimensions: Int) async throws {
        if exists { return }
        if making == nil {
            let mapping = PictureDocument.mapping(dimensions: dimensions, model: model)
            making = Task { [client, name] in
                let body: JSONValue = ["mappings": mapping]
                let answer = try await client.send("PUT", "/" + ElasticsearchClient.escaped(name), body: body.serialized())
                let type = answer.document?.root.object?["error"]?.object?["type"]?.string
                guard answer.status == 200 || type == "resource_already_exists_exception" else {
                    throw ClientError.refused(request: "PUT /\(name)", reason: answer.reason)
                }
            }
        }
        try await making?.value
        exists = true
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
