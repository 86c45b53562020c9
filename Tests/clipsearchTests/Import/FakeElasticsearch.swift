import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import JSON
import Logging
import NIOCore
import NIOSSL
import Synchronization

/// A node on a socket of this machine that gives the answers it was handed, and records what it is asked.
final class FakeElasticsearch: Sendable {
    struct Answer: Sendable {
        var status = 200
        var body: JSONValue
        var headers: [String: String] = [:]
        /// The head comes, and then nothing.
        var isStuck = false
    }

    struct Seen: Sendable, Equatable {
        /// `POST /photos/_search`
        var request: String
        var query: String
        var authorization: String?
        /// Lines of a bulk, or one body.
        var bodies: [JSONValue]
    }

    private struct State {
        var answers: [String: [Answer]]
        var seen: [Seen] = []
        var port = 0
    }

    private let state: Mutex<State>
    private let scheme: String

    private init(_ answers: [String: [Answer]], scheme: String) {
        state = Mutex(State(answers: answers))
        self.scheme = scheme
    }

    var url: String { "\(scheme)://127.0.0.1:\(state.withLock { $0.port })" }
    var seen: [Seen] { state.withLock { $0.seen } }

    func bodies(of request: String) -> [JSONValue] { seen.filter { $0.request == request }.flatMap(\.bodies) }

    /// Runs `body` beside a node with these answers, by method and path; the last one of a path is given again and again.
    static func answering(
        _ answers: [String: [Answer]], security: TLSConfiguration? = nil, _ body: @escaping @Sendable (FakeElasticsearch) async throws -> Void
    ) async throws {
        let fake = FakeElasticsearch(answers, scheme: security == nil ? "http" : "https")
        let (ports, port) = AsyncStream.makeStream(of: Void.self)
        let server: HTTPServerBuilder = try security.map { try .tls(tlsConfiguration: $0) } ?? .http1()
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in try await fake.answer(request) },
            server: server,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { channel in
                fake.state.withLock { $0.port = channel.localAddress?.port ?? 0 }
                port.yield()
            }, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            group.addTask {
                var iterator = ports.makeAsyncIterator()
                await iterator.next()
                try await body(fake)
            }
            try await group.next()
            group.cancelAll()
        }
    }

    private func answer(_ request: Request) async throws -> Response {
        let bytes = try await request.body.collect(upTo: 64 << 20)
        let lines = bytes.readableBytesView.split(separator: UInt8(ascii: "\n"))
        let name = "\(request.method.rawValue) \(request.uri.path)"
        let answer = state.withLock { state -> Answer in
            state.seen.append(
                Seen(
                    request: name, query: request.uri.query ?? "", authorization: request.headers[.authorization],
                    bodies: lines.compactMap { try? JSONValue(JSONDocument(parsing: $0).root) }))
            guard var answers = state.answers[name], let first = answers.first else {
                return Answer(status: 404, body: ["error": ["type": "none", "reason": .string("no answer to \(name)")]])
            }
            if answers.count > 1 { answers.removeFirst() }
            state.answers[name] = answers
            return first
        }
        var response = Response(
            status: .init(code: answer.status), headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: answer.body.serialized())))
        if answer.isStuck {
            // Ends with the node.
            response.body = ResponseBody { writer in
                for await _ in AsyncStream.makeStream(of: Void.self).stream {}
                try await writer.finish(nil)
            }
        }
        for (name, value) in answer.headers { HTTPField.Name(name).map { response.headers[$0] = value } }
        return response
    }
}
