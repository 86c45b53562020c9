internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import Query

/// The documents of another node, read by a scroll.
struct RemoteDocumentBatches: DocumentBatches {
    private static let keepAlive = "5m"

    private let node: RemoteNode
    private let batchSize: Int
    private(set) var total: Int
    private var scrollID: String?
    /// What was read and not handed on yet.
    private var waiting: [StoredDocument]

    /// Begins the scroll.
    ///
    /// - Throws: `IndicesError.remote`.
    init(_ remote: ReindexRequest.Remote, _ request: ByQueryRequest) async throws {
        node = RemoteNode(remote)
        batchSize = max(1, min(request.batchSize, request.maximumDocuments ?? .max))
        var body: JSONMembers = [
            "size": .int(batchSize), "query": remote.query ?? ["match_all": [:]], "sort": ["_doc"], "version": true,
        ]
        if case .filtered(let includes, let excludes) = request.fetchedSource {
            body["_source"] = [
                "includes": .array(includes.map { .string($0) }), "excludes": .array(excludes.map { .string($0) }),
            ]
        } else {
            body["_source"] = true
        }
        let names = request.source.patterns.map(\.percentEncoded).joined(separator: ",")
        let page = try await node.send("POST", "/\(names)/_search?scroll=\(Self.keepAlive)", .object(body))
        total = Self.total(page)
        scrollID = page["_scroll_id"]?.string
        waiting = try Self.documents(page, of: node)
    }

    mutating func next(_ limit: Int) async throws -> [StoredDocument] {
        if waiting.isEmpty, let id = scrollID {
            let page = try await node.send(
                "POST", "/_search/scroll", ["scroll": .string(Self.keepAlive), "scroll_id": .string(id)])
            scrollID = page["_scroll_id"]?.string ?? id
            waiting = try Self.documents(page, of: node)
        }
        let batch = Array(waiting.prefix(limit))
        waiting.removeFirst(batch.count)
        return batch
    }

    func close() async {
        guard let scrollID else { return }
        // It expires by itself as well.
        _ = try? await node.send("DELETE", "/_search/scroll", ["scroll_id": [.string(scrollID)]])
    }

    private static func total(_ page: JSONObject) -> Int {
        let total = page["hits"]?.object?["total"]
        return total?.int ?? total?.object?["value"]?.int ?? 0
    }

    private static func documents(_ page: JSONObject, of node: RemoteNode) throws(IndicesError) -> [StoredDocument] {
        if let failures = page["_shards"]?.object?["failed"]?.int, failures > 0 {
            throw node.failure("[\(failures)] shards failed")
        }
        guard let hits = page["hits"]?.object?["hits"]?.array else { throw node.failure("the answer has no hits") }
        return try hits.map { hit throws(IndicesError) in
            guard let hit = hit.object, let index = hit["_index"]?.string, let id = hit["_id"]?.string else {
                throw node.failure("a hit has no [_id]")
            }
            return StoredDocument(
                index: index, id: id, routing: hit["_routing"]?.string, version: Int64(hit["_version"]?.int ?? 1),
                sequenceNumber: 0, primaryTerm: 0, source: hit["_source"].map { JSONValue($0).serialized() })
        }
    }
}
