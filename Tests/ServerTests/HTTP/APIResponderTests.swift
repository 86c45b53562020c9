import ElasticsearchAPI
import HTTPTypes
import Hummingbird
import JSON
import Logging
import NIOCore
import NIOEmbedded
import TestSupport
import Testing

@testable import Server

/// The responder without sockets, with a handler that echoes what it is given.
@Suite struct APIResponderTests {
    private struct Answer {
        var status: Int
        var headers: HTTPFields
        var body: String
    }

    private func answer(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: ByteBuffer = ByteBuffer(),
        authentication: Authentication = Authentication(), memory: BodyMemory = BodyMemory(),
        reply: @escaping APIResponder.Handler = Self.echo
    ) async throws -> Answer {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let responder = APIResponder(
            authentication: authentication, bodyMemory: memory, logger: logger, handler: { _ in reply })
        var fields = HTTPFields()
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        let head = HTTPRequest(
            method: try #require(HTTPRequest.Method(method)), scheme: "http", authority: nil, path: path, headerFields: fields)
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: responder.logger)
        let response = try await responder.respond(
            to: Request(head: head, body: RequestBody(buffer: body)), context: BasicRequestContext(source: source))
        let collected = Collected()
        try await response.body.write(Writer(collected: collected))
        let bytes = response.headers[.contentEncoding] == "gzip"
            ? try ContentCoding.inflated(collected.buffer, limit: 1 << 20) : collected.buffer
        return Answer(status: response.status.code, headers: response.headers, body: String(buffer: bytes))
    }

    private final class Collected: @unchecked Sendable {
        var buffer = ByteBuffer()
    }

    private struct Writer: ResponseBodyWriter {
        let collected: Collected

        mutating func write(_ buffer: ByteBuffer) async throws {
            var buffer = buffer
            collected.buffer.writeBuffer(&buffer)
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    @Sendable private static func echo(_ request: APIRequest) async throws -> Reply {
        .json([
            "endpoint": .string(request.endpoint.rawValue),
            "body": request.body.map { .string(String(buffer: $0)) } ?? .null,
        ])
    }

    private static let json = ["Content-Type": "application/json"]
    private static let product = HTTPField.Name("X-elastic-product")

    @Test func answersJSON() async throws {
        let answer = try await answer("GET", "/")
        #expect(answer.status == 200)
        #expect(answer.body == #"{"endpoint":"info","body":null}"#)
        #expect(answer.headers[.contentType] == "application/json")
        #expect(answer.headers[try #require(Self.product)] == "Elasticsearch")
    }

    @Test func answersInVendorTypes() async throws {
        let type = "application/vnd.elasticsearch+json; compatible-with=8"
        let answer = try await answer(
            "POST", "/_search", ["Content-Type": type, "Accept": type], body: ByteBuffer(string: "{}"))
        #expect(answer.headers[.contentType] == "application/vnd.elasticsearch+json;compatible-with=8")
        #expect(answer.body == #"{"endpoint":"search","body":"{}"}"#)
    }

    @Test func prettyAndFiltered() async throws {
        let answer = try await answer("GET", "/?pretty&filter_path=endp*")
        #expect(answer.body == "{\n  \"endpoint\" : \"info\"\n}\n")
    }

    @Test func errorsAreNotFiltered() async throws {
        let answer = try await answer("GET", "/a/b?filter_path=hits.hits")
        #expect(answer.body.contains("no handler found"))
    }

    @Test func errorsTellTheirChainOfCausesWhereItIsWanted() async throws {
        let trace = #""stack_trace":"illegal_argument_exception: request [/_search] contains unrecognized parameter: [foo]\n""#
        #expect(try await answer("GET", "/_search?foo=1&error_trace").body.contains(trace))
        #expect(!(try await answer("GET", "/_search?foo=1&error_trace=false").body.contains("stack_trace")))
        let stranger = try await answer("GET", "/?error_trace=true", authentication: Authentication(password: "secret"))
        #expect(stranger.status == 401 && !stranger.body.contains("stack_trace"))
    }

    @Test(arguments: [
        ("GET", "/a/b", 400, #"{"error":"no handler found for uri [/a/b] and method [GET]"}"#),
        (
            "POST", "/images?x=1", 405,
            #"{"error":"Incorrect HTTP method for uri [/images?x=1] and method [POST], allowed: [GET, PUT, DELETE, HEAD]","status":405}"#
        ),
    ])
    func flatErrors(_ method: String, _ path: String, _ status: Int, _ body: String) async throws {
        let answer = try await answer(method, path)
        #expect(answer.status == status)
        #expect(answer.body == body)
        #expect(answer.headers[.allow] == (status == 405 ? "GET,PUT,DELETE,HEAD" : nil))
    }

    @Test func contentTypes() async throws {
        let body = ByteBuffer(string: "{}")
        #expect(try await answer("POST", "/_search", body: body).status == 406)
        #expect(try await answer("POST", "/_search", ["Content-Type": "text/xml"], body: body).status == 406)
        #expect(try await answer("POST", "/_bulk", ["Content-Type": "application/x-ndjson"], body: body).status == 200)
    }

    @Test(arguments: [
        ("/_search?foo=1", "request [/_search] contains unrecognized parameter: [foo]"),
        ("/_search?pretty=maybe", "Failed to parse value [maybe] as only [true] or [false] are allowed."),
        ("/%zz", "invalid escape sequence in [%zz]"),
    ])
    func badParameters(_ path: String, _ reason: String) async throws {
        let answer = try await answer("GET", path)
        #expect(answer.status == 400)
        #expect(answer.body.contains(reason))
    }

    @Test func bodyRules() async throws {
        #expect(try await answer("GET", "/", Self.json, body: ByteBuffer(string: "{}")).body.contains("does not support having a body"))
        #expect(try await answer("PUT", "/i/_doc/1").body.contains("request body is required"))
        #expect(try await answer("POST", "/_ml/trained_models/m/_infer").body.contains("requires body"))
    }

    @Test func bodyLimit() async throws {
        let answer = try await answer("POST", "/_bulk", ["Content-Length": "\(APIResponder.maximumBodyBytes + 1)"])
        #expect(answer.status == 413)
    }

    @Test func compressedBodies() async throws {
        let text = #"{"query":{"match_all":{}}}"#
        let compressed = try #require(ContentCoding.gzipped(Array(text.utf8)))
        let headers = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
        let answer = try await answer("POST", "/_search", headers, body: compressed)
        #expect(answer.body == (["endpoint": "search", "body": .string(text)] as JSONValue).serialized().text)
        #expect(try await self.answer("POST", "/_search", headers, body: ByteBuffer(string: "x")).status == 400)
    }

    @Test func compressesLargeAnswers() async throws {
        let large = String(repeating: "x", count: 5000)
        let gzip = ["Accept-Encoding": "gzip, deflate"]
        let answer = try await answer("GET", "/", gzip) { _ in .json(.string(large)) }
        #expect(answer.headers[.contentEncoding] == "gzip")
        #expect(answer.body == "\"\(large)\"")
        #expect(try await self.answer("GET", "/", gzip).headers[.contentEncoding] == nil)
    }

    @Test func headHasNoBody() async throws {
        let answer = try await answer("HEAD", "/images") { _ in Reply(status: 404, .empty) }
        #expect(answer.status == 404)
        #expect(answer.body.isEmpty)
    }

    @Test func errorsOfHandlers() async throws {
        struct Unforeseen: Error {}
        let known = try await answer("GET", "/") { _ in throw ElasticsearchError.illegalArgument("no") }
        #expect(known.status == 400)
        #expect(known.body.contains(#""reason":"no""#))
        let unknown = try await answer("GET", "/") { _ in throw Unforeseen() }
        #expect(unknown.status == 500)
        #expect(unknown.headers[try #require(Self.product)] == "Elasticsearch")
    }

    @Test func refusesStrangers() async throws {
        let answer = try await answer("GET", "/", authentication: Authentication(password: "secret"))
        #expect(answer.status == 401)
        #expect(answer.headers[values: .wwwAuthenticate].count == 2)
        #expect(answer.headers[try #require(Self.product)] == nil)
    }

    /// What strangers send is not looked at.
    @Test func refusesStrangersBeforeTheirParameters() async throws {
        let answer = try await answer("GET", "/?pretty=maybe", authentication: Authentication(password: "secret"))
        #expect(answer.status == 401)
    }

    @Test func refusesBodiesThatThereIsNoMemoryFor() async throws {
        let memory = BodyMemory(limit: 100)
        let body = ByteBuffer(string: #"{"query":{"match_all":{}}}"#)
        for _ in 0..<10 {
            #expect(try await answer("POST", "/_search", Self.json, body: body, memory: memory).status == 200)
        }
        let held = memory.reservation()
        try held.grow(by: 90)
        let refused = try await answer("POST", "/_search", Self.json, body: body, memory: memory)
        #expect(refused.status == 429)
        #expect(
            refused.body.contains(
                #""type":"circuit_breaking_exception","reason":"[in_flight_requests] Data too large, data for [<http_request>] would be [116b], which is larger than the limit of [100b]","bytes_wanted":116,"bytes_limit":100,"durability":"TRANSIENT""#
            ))
        let compressed = try #require(ContentCoding.gzipped([UInt8](repeating: 0x20, count: 1000)))
        let headers = ["Content-Type": "application/json", "Content-Encoding": "gzip"]
        #expect(try await answer("POST", "/_search", headers, body: compressed, memory: BodyMemory(limit: 100)).status == 429)
    }

    /// How often a request is away from its connection's event loop.
    @Test func longWorkLeavesTheLoop() async throws {
        func comings(_ method: String, _ path: String, body: String? = nil, reply: JSONValue = [:]) async throws -> Int {
            let executor = CountingExecutor()
            let buffer = body.map { ByteBuffer(string: $0) } ?? ByteBuffer()
            try await withTaskExecutorPreference(executor) {
                _ = try await answer(method, path, Self.json, body: buffer) { _ in .json(reply) }
            }
            return executor.count
        }
        let large = JSONValue.string(String(repeating: "x", count: 1 << 20))
        let atOnce = try await comings("GET", "/")
        #expect(try await comings("POST", "/_search", body: "{}") == atOnce)
        #expect(try await comings("GET", "/", reply: large) == atOnce + 1)
        #expect(try await comings("GET", "/_cat/indices") == atOnce + 1)
        #expect(try await comings("GET", "/_cat/indices", reply: large) == atOnce + 1)
        let infer = "/_ml/trained_models/m/_infer"
        #expect(try await comings("POST", infer, body: #"{"docs":[{"text_field":"a cat"}]}"#) == atOnce)
        let many = #"{"docs":[\#(repeatElement(#"{"text_field":"a cat"}"#, count: 300).joined(separator: ","))]}"#
        #expect(try await comings("POST", infer, body: many) == atOnce + 1)
    }

    @Test func warnings() async throws {
        let answer = try await answer("GET", "/") { _ in Reply(.empty, warnings: ["old"]) }
        #expect(answer.headers[try #require(HTTPField.Name("Warning"))] == #"299 Elasticsearch-9.1.0-unknown "old""#)
    }
}

extension [UInt8] {
    fileprivate var text: String { String(decoding: self, as: UTF8.self) }
}
