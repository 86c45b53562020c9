import ArgumentParser
import JSON
import NIOCore
import NIOSSL
import TestSupport
import Testing

@testable import clipsearch

@Suite struct ElasticsearchClientTests {
    @Test(arguments: [
        ("http://127.0.0.1:9200", "http://127.0.0.1:9200"),
        ("http://127.0.0.1:9200/", "http://127.0.0.1:9200"),
        ("localhost:9200", "http://localhost:9200"),
        ("elastic:secret@node:9200", "http://node:9200"),
        ("http://elastic:p%40ss@node:9200/base/", "http://node:9200/base"),
    ])
    func credentialsAreNoPartOfTheAddress(given: String, address: String) {
        #expect(ElasticsearchClient(url: given).url == address)
    }

    @Test(arguments: [("a b", "a%20b"), ("Ä/ö", "%C3%84%2F%C3%B6"), ("a-b_c.d~e", "a-b_c.d~e")])
    func namesAreEscaped(name: String, escaped: String) {
        #expect(ElasticsearchClient.escaped(name) == escaped)
    }

    @Test func certificatesOfAFileAreTrusted() async throws {
        let certificate = try NIOSSLCertificate(bytes: Array(TestAuthority.certificate.utf8), format: .pem)
        let key = try NIOSSLPrivateKey(bytes: Array(TestAuthority.key.utf8), format: .pem)
        let security = TLSConfiguration.makeServerConfiguration(certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
        try await FakeElasticsearch.answering(["GET /": [.init(body: ["tagline": "here"])]], security: security) { fake in
            let folder = try TemporaryFolder()
            try folder.write("ca.pem", TestAuthority.certificate.utf8)
            let trusting = ElasticsearchClient(url: fake.url, authorities: folder.path + "/ca.pem")
            #expect(try await trusting.call("GET", "/").root.object?["tagline"]?.string == "here")
            await #expect(throws: ClientError.self) { _ = try await ElasticsearchClient(url: fake.url).call("GET", "/") }
            let without = ElasticsearchClient(url: fake.url, authorities: folder.path + "/none.pem")
            await #expect(throws: ClientError.self) { _ = try await without.call("GET", "/") }
        }
    }

    /// A node that dies in the middle of an answer, behind something that keeps the connection.
    @Test func aSilentNodeIsNotWaitedForForEver() async throws {
        try await FakeElasticsearch.answering(["GET /": [.init(body: [:], isStuck: true)]]) { fake in
            // Long enough for the node to take the connection on a busy machine: Hummingbird's own channels end the program where
            // they are stopped before they are asked.
            let client = ElasticsearchClient(url: fake.url, silence: .seconds(5))
            #expect(await thrownCase { _ = try await client.call("GET", "/") } == "unreachable")
        }
    }

    /// Every command makes its client so.
    @Test func anAPIKeyOfTheEnvironmentIsSent() async throws {
        try await FakeElasticsearch.answering(["GET /": [.init(body: [:])]]) { node in
            let options = try NodeOptions.parse(["--url", node.url])
            _ = try await options.client(environment: ["CLIPSEARCH_API_KEY": "a2V5"]).call("GET", "/")
            _ = try await options.client(environment: [:]).call("GET", "/")
            #expect(node.seen.map(\.authorization) == ["ApiKey a2V5", nil])
        }
    }

    @Test func whoIsNotLetInIsToldHow() async throws {
        let answer: JSONValue = ["error": ["reason": "missing authentication credentials"], "status": 401]
        try await FakeElasticsearch.answering(["GET /": [.init(status: 401, body: answer), .init(status: 403, body: answer)]]) { node in
            let client = ElasticsearchClient(url: node.url)
            let refused = await #expect(throws: ClientError.self) { try await client.call("GET", "/") }
            #expect(refused?.description.contains("CLIPSEARCH_API_KEY") == true && refused?.description.contains("--url") == true)
            let forbidden = await #expect(throws: ClientError.self) { try await client.call("GET", "/") }
            #expect(forbidden?.description.contains("--url") == false)
        }
    }

    @Test(arguments: [(400, true), (413, true), (404, false), (500, false)])
    func modelsRefuse(status: Int, isTheDocuments: Bool) async throws {
        let answer: JSONValue = ["error": ["reason": "no"]]
        try await FakeElasticsearch.answering(["POST /_ml/trained_models/a/_infer": [.init(status: status, body: answer)]]) { node in
            let client = ElasticsearchClient(url: node.url)
            guard isTheDocuments else {
                #expect(await thrownCase { try await client.infer([[:]], model: "a") } == "refused")
                return
            }
            let found = try await client.infer([[:]], model: "a")
            #expect(found == .failure(InferRefusal(reason: "no")))
        }
    }

    @Test func everyDocumentHasItsVector() async throws {
        let answer: JSONValue = ["inference_results": [["predicted_value": [1, 2]]]]
        try await FakeElasticsearch.answering(["POST /_ml/trained_models/a%20b/_infer": [.init(body: answer)]]) { node in
            let client = ElasticsearchClient(url: node.url)
            let found = try await client.infer([["text_field": "x"]], model: "a b")
            #expect(found == .success([[1, 2]]))
            #expect(await thrownCase { try await client.infer([[:], [:]], model: "a b") } == "unexpectedAnswer")
        }
    }
}
