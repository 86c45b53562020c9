internal import AsyncHTTPClient
internal import FoundationEssentials
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import Synchronization

/// Sends requests to a hub, and follows where it redirects to.
///
/// Source: huggingface_hub, utils/_http.py and file_download.py.
struct HubClient: Sendable {
    private static let mostRedirects = 10
    private static let largestRedirect = 64 << 10

    /// By the proxy that they go through. They live as long as the process.
    private static let clients = Mutex<[HubProxy?: HTTPClient]>([:])

    /// Says at once that nobody answers; a transfer may take hours, a silence may not.
    private static func makeClient(_ proxy: HubProxy?) -> HTTPClient {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(10)
        configuration.timeout.read = .seconds(60)
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        configuration.proxy = proxy?.configuration
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    private func http(_ origin: HubEndpoint.Origin) -> HTTPClient {
        let proxy = endpoint.proxy.flatMap { $0.serves(origin) ? $0 : nil }
        return Self.clients.withLock { clients in
            let client = clients[proxy] ?? Self.makeClient(proxy)
            clients[proxy] = client
            return client
        }
    }

    let endpoint: HubEndpoint
    let model: RepositoryName
    /// A branch, tag or commit.
    let revision: String

    /// Asks for what stands at `address` and follows redirects. The token goes to the endpoint's own origin alone, and a
    /// redirect leaves https only if the endpoint itself did without it.
    ///
    /// - Parameters:
    ///   - address: absolute, or relative to `base`.
    ///   - offset: of the first byte wanted.
    /// - Returns: an answer with status 200, or 206 or 416 to a request with an offset, and where it came from.
    /// - Throws: `HubError`.
    func get(_ address: String, relativeTo base: URL? = nil, from offset: Int = 0) async throws(HubError) -> HubAnswer {
        var address = address, base = base
        for _ in 0...Self.mostRedirects {
            guard let url = URL(string: address, relativeTo: base)?.absoluteURL, let origin = HubEndpoint.Origin(url),
                endpoint.mayLead(to: origin)
            else { throw .unsafeRedirect(from: base.map(Self.withoutQuery) ?? endpoint.url, to: address) }
            let answer = HubAnswer(url: url, response: try await send(url, origin, offset))
            switch answer.response.status.code {
            case 200: return answer
            case 206 where offset > 0, 416 where offset > 0: return answer
            case 301, 302, 303, 307, 308:
                guard let location = answer.response.headers.first(name: "Location") else {
                    throw .unexpectedAnswer(url: url.absoluteString, reason: "a redirect to nowhere")
                }
                // Read to its end, so that the next request takes the same connection.
                _ = try? await answer.response.body.collect(upTo: Self.largestRedirect)
                (address, base) = (location, url)
            default: throw error(answer)
            }
        }
        throw .tooManyRedirects(url: address)
    }

    private func send(_ url: URL, _ origin: HubEndpoint.Origin, _ offset: Int) async throws(HubError)
        -> HTTPClientResponse
    {
        var request = HTTPClientRequest(url: url.absoluteString)
        request.headers.add(name: "User-Agent", value: "clipsearch")
        // Another coding would have another length and another checksum.
        request.headers.add(name: "Accept-Encoding", value: "identity")
        if offset > 0 { request.headers.add(name: "Range", value: "bytes=\(offset)-") }
        if origin == endpoint.origin, let token = endpoint.token {
            request.headers.add(name: "Authorization", value: "Bearer \(token)")
        }
        do {
            return try await http(origin).execute(request, deadline: .distantFuture)
        } catch {
            throw .unreachable(host: origin.host, reason: Self.words(of: error))
        }
    }

    /// What an answer that is none means. Hubs say it in `X-Error-Code`; a bare 401 stands for a missing model, too.
    private func error(_ answer: HubAnswer) -> HubError {
        let headers = answer.response.headers, status = Int(answer.response.status.code)
        let reason = Self.printable(headers.first(name: "X-Error-Message") ?? "")
        let isHub = HubEndpoint.Origin(answer.url) == endpoint.origin, withToken = endpoint.token != nil
        let isMissing = status == 401 || status == 404 && answer.url.path().contains("/api/models/")
        switch headers.first(name: "X-Error-Code") {
        case "GatedRepo": return .gated(model, page: "\(endpoint.url)/\(model)", withToken: withToken)
        case "RevisionNotFound": return .revisionNotFound(revision, of: model)
        case _ where isHub && status == 401 && reason.hasPrefix("Invalid credentials"):
            return .tokenRefused(host: endpoint.origin.host)
        case "RepoNotFound": return .modelNotFound(model, host: endpoint.origin.host, withToken: withToken)
        case nil where isHub && isMissing:
            return .modelNotFound(model, host: endpoint.origin.host, withToken: withToken)
        default: return .refused(url: Self.withoutQuery(answer.url), status: status, reason: reason)
        }
    }

    /// Not more than a message takes, and nothing that a terminal would obey.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0x7F }.prefix(300)))
    }

    /// Signed addresses carry their credentials in the query.
    static func withoutQuery(_ url: URL) -> String {
        String(url.absoluteString.prefix { $0 != "?" })
    }

    static func words(of error: any Error) -> String {
        switch error {
        case let error as IOError: String(cString: strerror(error.errnoCode))
        case let error as HTTPClientError where error == .connectTimeout: "the connection was not made in time"
        case let error as HTTPClientError where error == .readTimeout: "the connection went silent"
        case let error as HTTPClientError where error == .remoteConnectionClosed: "the connection was closed"
        default: "\(error)"
        }
    }
}

/// An answer, and the address that gave it.
struct HubAnswer {
    let url: URL
    let response: HTTPClientResponse
}
