internal import JSON

/// The documents of an index, page by page, as they were at one moment: by a point in time, or by a scroll where the node has none.
struct SourceDocuments {
    /// What of a document is wanted.
    enum Source {
        /// All of it, vectors too, which Elasticsearch leaves out from 9.2 on unless it is asked.
        case whole
        case fields([String])
    }

    struct Document {
        var id: String
        var routing: String?
        var version: Int
        var source: JSONValue
    }

    private enum Cursor {
        case pointInTime(id: String, after: JSONValue?)
        case scroll(id: String?)
    }

    private static let keepAlive = "5m"

    let client: ElasticsearchClient
    /// How many there are; nil until the first page has come.
    private(set) var total: Int?
    private let path: String
    private let query: JSONValue
    private var source: JSONValue
    private let pageSize: Int
    private var cursor: Cursor
    private var isDone = false

    /// - Throws: `ClientError`.
    init(
        _ index: String, client: ElasticsearchClient, query: JSONValue = ["match_all": [:]], source: Source = .whole, pageSize: Int = 200
    ) async throws {
        self.client = client
        self.query = query
        self.pageSize = pageSize
        self.source =
            switch source {
            case .whole: ["exclude_vectors": false]
            case .fields(let names): .array(names.map { .string($0) })
            }
        path = "/" + ElasticsearchClient.escaped(index)
        let answer = try await client.send("POST", "\(path)/_pit?keep_alive=\(Self.keepAlive)")
        if answer.status == 200, let id = answer.document?.root.object?["id"]?.string {
            cursor = .pointInTime(id: id, after: nil)
        } else if [400, 404, 405].contains(answer.status) {
            cursor = .scroll(id: nil)
        } else {
            throw ClientError.refused(request: "POST \(path)/_pit", reason: answer.reason)
        }
    }

    /// The next page; empty at the end.
    ///
    /// - Throws: `ClientError`, also where a shard failed: nothing is to be left behind silently.
    mutating func next() async throws -> [Document] {
        if isDone { return [] }
        let answer = try await page()
        guard answer.status == 200, let root = answer.document?.root.object, let hits = root["hits"]?.object, let found = hits["hits"]?.array else {
            throw ClientError.refused(request: "_search", reason: answer.reason)
        }
        if let failed = root["_shards"]?.object?["failed"]?.int, failed > 0 {
            throw ClientError.refused(request: "_search", reason: "\(failed) shards failed")
        }
        total = total ?? hits["total"]?.object?["value"]?.int ?? hits["total"]?.int
        var last: JSONValue?
        let documents = try found.map { hit throws(ClientError) in
            guard let hit = hit.object, let id = hit["_id"]?.string, let source = hit["_source"] else {
                throw .refused(request: "_search", reason: "a document has no [_source]: the index does not keep it")
            }
            last = hit["sort"].map { JSONValue($0) }
            return Document(id: id, routing: hit["_routing"]?.string, version: hit["_version"]?.int ?? 1, source: JSONValue(source))
        }
        switch cursor {
        case .pointInTime(let id, let after): cursor = .pointInTime(id: root["pit_id"]?.string ?? id, after: last ?? after)
        case .scroll(let id): cursor = .scroll(id: root["_scroll_id"]?.string ?? id)
        }
        isDone = documents.isEmpty
        return documents
    }

    /// Gives back what the node holds. It expires by itself as well.
    func close() async {
        switch cursor {
        case .pointInTime(let id, _): _ = try? await client.call("DELETE", "/_pit", ["id": .string(id)])
        case .scroll(let id?): _ = try? await client.call("DELETE", "/_search/scroll", ["scroll_id": [.string(id)]])
        case .scroll(nil): break
        }
    }

    private mutating func page() async throws -> ElasticsearchClient.Answer {
        if case .scroll(let id?) = cursor {
            let body: JSONValue = ["scroll": .string(Self.keepAlive), "scroll_id": .string(id)]
            return try await client.send("POST", "/_search/scroll", body: body.serialized())
        }
        let answer = try await search()
        guard answer.status == 400, source["exclude_vectors"] != nil else { return answer }
        // Older versions do not know the option, and leave nothing out.
        source = true
        return try await search()
    }

    private func search() async throws -> ElasticsearchClient.Answer {
        var body: JSONMembers = [
            "size": .int(pageSize), "query": query, "_source": source, "version": true, "track_total_hits": .bool(total == nil),
        ]
        switch cursor {
        case .pointInTime(let id, let after):
            body["pit"] = ["id": .string(id), "keep_alive": .string(Self.keepAlive)]
            body["sort"] = [["_shard_doc": "asc"]]
            body["search_after"] = after
            return try await client.send("POST", "/_search", body: JSONValue.object(body).serialized())
        case .scroll:
            body["sort"] = ["_doc"]
            body["track_total_hits"] = true
            return try await client.send("POST", "\(path)/_search?scroll=\(Self.keepAlive)", body: JSONValue.object(body).serialized())
        }
    }
}
