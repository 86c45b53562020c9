internal import AsyncHTTPClient
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// The few calls that the commands make to a running node, over its own REST API.
struct ElasticsearchClient: Sendable {
    private static let largestAnswer = 512 << 20

    /// Lives as long as the process. Says at once that nobody answers, rather than to try again for a minute.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.timeout.connect = .seconds(5)
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    /// Without credentials.
    let url: String
    private let credentials: (user: String, password: String)?

    /// - Parameter url: the node's address, `http://` if it does not say; credentials may stand in it: `http://user:password@host:9200`.
    init(url: String) {
        let url = url.contains("://") ? url : "http://" + url
        var components = URLComponents(string: url)
        credentials = components?.user.map { ($0, components?.password ?? "") }
        components?.user = nil
        components?.password = nil
        let plain = components?.string ?? url
        self.url = plain.hasSuffix("/") ? String(plain.dropLast()) : plain
    }

    struct Answer {
        var status: Int
        var document: JSONDocument?

        /// The root cause's `reason` of an error answer, or else its status.
        var reason: String {
            let error = document?.root.object?["error"]
            let root = error?.object?["root_cause"]?.array?.first { _ in true }?.object
            return root?["reason"]?.string ?? error?.object?["reason"]?.string ?? error?.string ?? "status \(status)"
        }
    }

    /// Sends a request; every HTTP status is an answer.
    ///
    /// - Throws: `ClientError.unreachable` if there is none.
    func send(_ method: String, _ path: String, body: [UInt8]? = nil, contentType: String = "application/json")
        async throws -> Answer
    {
        var request = HTTPClientRequest(url: url + path)
        request.method = .init(rawValue: method)
        request.headers.add(name: "Accept", value: "application/json")
        if let credentials { request.setBasicAuth(username: credentials.user, password: credentials.password) }
        if let body {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await Self.http.execute(request, timeout: .minutes(10))
            let bytes = try await response.body.collect(upTo: Self.largestAnswer)
            return Answer(
                status: Int(response.status.code), document: try? JSONDocument(parsing: bytes.readableBytesView))
        } catch {
            throw ClientError.unreachable(url: url, cause: "\(error)")
        }
    }

    /// Sends a request whose answer must be a success.
    ///
    /// - Throws: `ClientError`.
    func call(_ method: String, _ path: String, _ body: JSONValue? = nil) async throws -> JSONDocument {
        let answer = try await send(method, path, body: body?.serialized())
        guard (200..<300).contains(answer.status), let document = answer.document else {
            throw ClientError.refused(request: "\(method) \(path)", reason: answer.reason)
        }
        return document
    }

    /// `name` as one segment of a path.
    static func escaped(_ name: String) -> String {
        name.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(["-", "_", ".", "~"])) ?? name
    }
}

enum ClientError: Error, CustomStringConvertible {
    case unreachable(url: String, cause: String)
    case refused(request: String, reason: String)
    case unexpectedAnswer(request: String)

    var description: String {
        switch self {
        case .unreachable(let url, let cause):
            "\(url.isEmpty ? "The empty address" : url) does not answer (\(cause)). Is a node running there? `clipsearch serve` starts one."
        case .refused(let request, let reason): "\(request) was refused: \(reason)"
        case .unexpectedAnswer(let request): "\(request) was answered, but not as expected"
        }
    }
}
