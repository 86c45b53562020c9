internal import JSON

/// Sends documents in bulks, and those again that a busy node refuses.
struct BulkWriter: Sendable {
    struct Operation: Sendable {
        /// `index`, `create` or `delete`, with its metadata.
        var action: JSONValue
        var source: JSONValue?

        static func index(_ id: String, _ source: JSONValue) -> Operation {
            Operation(action: ["index": ["_id": .string(id)]], source: source)
        }

        /// Refused with status 409 where there is such a document.
        static func create(_ id: String, _ source: JSONValue) -> Operation {
            Operation(action: ["create": ["_id": .string(id)]], source: source)
        }

        static func delete(_ id: String) -> Operation { Operation(action: ["delete": ["_id": .string(id)]]) }
    }

    struct Refusal: Error, Equatable {
        var status: Int
        var type: String
        var reason: String

        /// Whether it is not of the document: the index is away, closed or blocked, or not for who asks.
        var isOfIndex: Bool { Self.typesOfIndices.contains(type) }

        private static let typesOfIndices: Set = [
            "index_not_found_exception", "index_closed_exception", "cluster_block_exception", "unavailable_shards_exception",
            "no_shard_available_action_exception", "security_exception",
        ]
    }

    /// A body is closed once it has so many bytes: Elasticsearch takes 100 MB by default.
    static let bodyBytes = 16 << 20

    let client: ElasticsearchClient
    let index: String
    var bodyBytes = Self.bodyBytes

    /// - Returns: for each operation, why it was refused; nil if it was not.
    /// - Throws: `ClientError` where the whole bulk was refused.
    func write(_ operations: [Operation]) async throws -> [Refusal?] {
        var refusals = [Refusal?](repeating: nil, count: operations.count)
        var rest = Array(operations.indices)
        var attempt = 0
        while !rest.isEmpty {
            attempt += 1
            let answers = try await send(rest.map { operations[$0] })
            for (position, answer) in zip(rest, answers) { refusals[position] = answer }
            rest = rest.filter { refusals[$0]?.status == 429 }
            guard !rest.isEmpty, let pause = client.retries.pause(after: attempt, asked: nil) else { break }
            try await client.retries.sleep(pause)
        }
        return refusals
    }

    private func send(_ operations: [Operation]) async throws -> [Refusal?] {
        var refusals: [Refusal?] = []
        var lines: [UInt8] = []
        var count = 0
        for operation in operations {
            lines += operation.action.serialized() + [UInt8(ascii: "\n")]
            if let source = operation.source { lines += source.serialized() + [UInt8(ascii: "\n")] }
            count += 1
            guard lines.count >= bodyBytes else { continue }
            refusals += try await send(lines, count: count)
            (lines, count) = ([], 0)
        }
        return count == 0 ? refusals : refusals + (try await send(lines, count: count))
    }

    private func send(_ lines: [UInt8], count: Int) async throws -> [Refusal?] {
        let path = "/\(ElasticsearchClient.escaped(index))/_bulk"
        let answer = try await client.send("POST", path, body: lines, contentType: "application/x-ndjson")
        guard answer.status == 200, let items = answer.document?.root.object?["items"]?.array else {
            throw ClientError.refused(request: "_bulk", reason: answer.reason)
        }
        let refusals = items.map { item -> Refusal? in
            let result = item.object?.first { _ in true }?.value.object
            guard let error = result?["error"]?.object else { return nil }
            return Refusal(
                status: result?["status"]?.int ?? 500, type: error["type"]?.string ?? "", reason: error["reason"]?.string ?? "refused")
        }
        guard refusals.count == count else { throw ClientError.unexpectedAnswer(request: "_bulk") }
        return refusals
    }
}
