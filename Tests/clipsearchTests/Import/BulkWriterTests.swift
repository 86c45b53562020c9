import JSON
import Synchronization
import Testing

@testable import clipsearch

@Suite struct BulkWriterTests {
    private func item(_ status: Int) -> JSONValue {
        guard status >= 400 else { return ["index": ["_id": "x", "status": .int(status)]] }
        return ["index": ["_id": "x", "status": .int(status), "error": ["type": "t", "reason": .string("because \(status)")]]]
    }

    /// The pauses that were made are recorded, and not waited for.
    private func client(_ fake: FakeElasticsearch, _ pauses: Pauses, attempts: Int = 5) -> ElasticsearchClient {
        var client = ElasticsearchClient(url: fake.url, apiKey: "a2V5")
        client.retries = RetryPolicy(attempts: attempts, sleep: { pause in pauses.all.withLock { $0.append(pause) } })
        return client
    }

    private final class Pauses: Sendable {
        let all = Mutex<[Duration]>([])
    }

    @Test func aBusyNodeIsAskedAgainForTheRest() async throws {
        let pauses = Pauses()
        try await FakeElasticsearch.answering([
            "POST /photos/_bulk": [
                .init(status: 429, body: ["error": ["reason": "busy"]], headers: ["Retry-After": "3"]),
                .init(body: ["items": [item(201), item(429), item(400)]]),
                .init(body: ["items": [item(201)]]),
            ]
        ]) { fake in
            let writer = BulkWriter(client: client(fake, pauses), index: "photos")
            let refusals = try await writer.write(["a", "b", "c"].map { .index($0, ["name": .string($0)]) })
            #expect(refusals == [nil, nil, .init(status: 400, type: "t", reason: "because 400")])
            #expect(fake.bodies(of: "POST /photos/_bulk").count == 6 + 6 + 2)
            #expect(fake.bodies(of: "POST /photos/_bulk").suffix(2) == [["index": ["_id": "b"]], ["name": "b"]])
            #expect(fake.seen.allSatisfy { $0.authorization == "ApiKey a2V5" })
            #expect(pauses.all.withLock { $0 } == [.seconds(3), .milliseconds(250)])
        }
    }

    @Test func bodiesAreBounded() async throws {
        try await FakeElasticsearch.answering([
            "POST /photos/_bulk": [.init(body: ["items": [item(201), item(400)]]), .init(body: ["items": [item(201)]])]
        ]) { fake in
            var writer = BulkWriter(client: client(fake, Pauses()), index: "photos")
            writer.bodyBytes = 60
            let refusals = try await writer.write(["a", "b", "c"].map { .index($0, ["name": "some words"]) })
            #expect(refusals == [nil, .init(status: 400, type: "t", reason: "because 400"), nil])
            #expect(fake.bodies(of: "POST /photos/_bulk").count == 4 + 2)
        }
    }

    @Test func patienceEnds() async throws {
        let pauses = Pauses()
        try await FakeElasticsearch.answering(["POST /photos/_bulk": [.init(body: ["items": [item(429)]])]]) { fake in
            let writer = BulkWriter(client: client(fake, pauses, attempts: 3), index: "photos")
            let refusals = try await writer.write([.delete("a")])
            #expect(refusals == [.init(status: 429, type: "t", reason: "because 429")])
            #expect(pauses.all.withLock { $0 }.count == 2)
        }
    }

    @Test func aRefusalOfAllIsAnError() async throws {
        try await FakeElasticsearch.answering(["POST /photos/_bulk": [.init(status: 403, body: ["error": ["reason": "no"]])]]) { fake in
            let writer = BulkWriter(client: client(fake, Pauses()), index: "photos")
            await #expect(throws: ClientError.self) { _ = try await writer.write([.delete("a")]) }
        }
    }
}
