internal import AsyncHTTPClient
internal import Foundation
internal import JSON
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL
internal import Synchronization

/// The few calls that the commands make to a running node, over its own REST API.
struct ElasticsearchClient: Sendable {
    private static let largestAnswer = 512 << 20

    private struct Connecting: Hashable {
        var authorities: String?
        var silence: TimeAmount
    }

    /// One for each file of certificates, and one for none. They live as long as the process.
    private static let clients = Mutex<[Connecting: HTTPClient]>([:])

    /// As long as a model's vectors are waited for.
    private static let longestSilence = TimeAmount.minutes(10)

    /// Without credentials.
    let url: String
    private let credentials: (user: String, password: String)?
    private let apiKey: String?
    private let http: HTTPClient
    /// Whether, and how long, a request is sent again that a busy node refuses.
    var retries = RetryPolicy.none
    /// What an answer that asks for credentials says besides: how they are given.
    var signIn = "give credentials in --url, as http://user:password@host:9200, or an API key in CLIPSEARCH_API_KEY"

    /// - Parameters:
    ///   - url: the node's address, `http://` if it does not say; credentials may stand in it: `http://user:password@host:9200`.
    ///   - apiKey: base64 of `id:key`, as Elasticsearch hands it out.
    ///   - authorities: a file of certificates (PEM) that are trusted besides the system's; whether it can be read turns out when a
    ///     connection is made.
    ///   - silence: how long a node that was asked, or is in the middle of its answer, may say nothing.
    init(url: String, apiKey: String? = nil, authorities: String? = nil, silence: TimeAmount = Self.longestSilence) {
        self.apiKey = apiKey
        http = Self.client(Connecting(authorities: authorities, silence: silence))
        let url = url.contains("://") ? url : "http://" + url
        var components = URLComponents(string: url)
        credentials = components?.user.map { ($0, components?.password ?? "") }
        components?.user = nil
        components?.password = nil
        let plain = components?.string ?? url
        self.url = plain.hasSuffix("/") ? String(plain.dropLast()) : plain
    }

    private static func client(_ connecting: Connecting) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[connecting] { return client }
            var configuration = HTTPClient.Configuration()
            // Says at once that nobody answers, rather than to try again for a minute.
            configuration.timeout.connect = .seconds(5)
            configuration.timeout.read = connecting.silence
            configuration.connectionPool.retryConnectionEstablishment = false
            if let authorities = connecting.authorities {
                var security = TLSConfiguration.makeClientConfiguration()
                security.additionalTrustRoots = [.file(authorities)]
                configuration.tlsConfiguration = security
            }
            let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
            clients[connecting] = client
            return client
        }
    }

    struct Answer {
        var status: Int
        /// As it came.
        var body = ByteBuffer()
        var document: JSONDocument?
        /// What `Retry-After` asks for.
        var pause: Duration?
        /// How credentials are given.
        var signIn = ""

        /// The root cause's `reason` of an error answer, or else its status.
        var reason: String {
            let error = document?.root.object?["error"]
            let root = error?.object?["root_cause"]?.array?.first { _ in true }?.object
            let said = root?["reason"]?.string ?? error?.object?["reason"]?.string ?? error?.string ?? "status \(status)"
            return status == 401 ? "\(said) (\(signIn))" : said
        }
    }

    /// Sends a request; every HTTP status is an answer. What a busy node refuses is sent again, as `retries` says.
    ///
    /// - Throws: `ClientError.unreachable` if there is none.
    func send(_ method: String, _ path: String, body: [UInt8]? = nil, contentType: String = "application/json")
        async throws -> Answer
    {
        var attempt = 0
        while true {
            attempt += 1
            do {
                let answer = try await sendOnce(method, path, body, contentType)
                guard RetryPolicy.passing.contains(answer.status), let pause = retries.pause(after: attempt, asked: answer.pause) else {
                    return answer
                }
                try await retries.sleep(pause)
            } catch let error as ClientError {
                guard let pause = retries.pause(after: attempt, asked: nil) else { throw error }
                try await retries.sleep(pause)
            }
        }
    }

    private func sendOnce(_ method: String, _ path: String, _ body: [UInt8]?, _ contentType: String) async throws -> Answer {
        var request = HTTPClientRequest(url: url + path)
        request.method = .init(rawValue: method)
        request.headers.add(name: "Accept", value: "application/json")
        if let apiKey {
            request.headers.add(name: "Authorization", value: "ApiKey \(apiKey)")
        } else if let credentials {
            request.setBasicAuth(username: credentials.user, password: credentials.password)
        }
        if let body {
            request.headers.add(name: "Content-Type", value: contentType)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        do {
            let response = try await http.execute(request, timeout: Self.longestSilence)
            let bytes = try await response.body.collect(upTo: Self.largestAnswer)
            let pause = response.headers.first(name: "Retry-After").flatMap { Int($0) }.map { Duration.seconds(max(0, $0)) }
            return Answer(
                status: Int(response.status.code), body: bytes, document: try? JSONDocument(parsing: bytes.readableBytesView), pause: pause,
                signIn: signIn)
        } catch is CancellationError {
            throw CancellationError()
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
