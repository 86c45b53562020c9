internal import AsyncHTTPClient
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// The few calls that the commands make to a running node, over its own REST API.
struct ElasticsearchClient: Sendable {
    private static let largestAnswer = 512 << 20

    let url: String

    /// - Parameter url: the node's address without a path, credentials may stand in it.
    init(url: String) {
        self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    }

    struct Answer {
        var status: Int
        var document: JSONDocument?

        /// The `reason` of an error answer, or else its status.
        var reason: String {
            let error = document?.root.object?["error"]
            return error?.object?["reason"]?.string ?? error?.string ?? "status \(status)"
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
        // Answers about many pictures are alike and shrink more than the library's guard against bombs allows.
        request.headers.add(name: "Accept-Encoding", value: "identity")
        if let body {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .minutes(10))
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
        case .unreachable(let url, let cause): "No node answers at \(url): \(cause). Start one with `clipsearch serve`."
        case .refused(let request, let reason): "\(request) was refused: \(reason)"
        case .unexpectedAnswer(let request): "\(request) was answered, but not as expected"
        }
    }
}
