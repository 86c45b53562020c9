internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1

/// Fetches pictures from the hosts that the node's owner lists.
///
/// A client names the URL, so it must not reach what only the node can. The host must be listed; its name is resolved once, the
/// address must be a public one, and that very address is connected to, so that no second answer of a name server counts.
/// Redirections are followed by the same rules, a few of them.
struct PictureFetcher: Sendable {
    struct Limits: Sendable {
        var bytes = 20 << 20
        /// For everything, redirections too.
        var time = Duration.seconds(10)
        var redirections = 3
    }

    private let hosts: [AllowedHost]
    private let limits: Limits
    private let resolve: HostResolver
    private let isAllowed: @Sendable (SocketAddress) -> Bool

    /// - Parameters:
    ///   - hosts: as `AllowedHost` reads them. None: nothing is fetched.
    ///   - resolve: finds a host's address.
    ///   - isAllowed: whether an address may be connected to.
    init(
        hosts: [String] = [], limits: Limits = Limits(), resolve: @escaping HostResolver = SystemResolver.address,
        isAllowed: @escaping @Sendable (SocketAddress) -> Bool = { $0.networkBytes.map(PublicAddress.allows) ?? false }
    ) {
        self.hosts = hosts.map(AllowedHost.init)
        self.limits = limits
        self.resolve = resolve
        self.isAllowed = isAllowed
    }

    /// - Throws: `PictureFetchError`.
    func fetch(_ text: String) async throws(PictureFetchError) -> [UInt8] {
        if hosts.isEmpty { throw .off }
        var url = try PictureURL(text)
        let end = NIODeadline.now() + TimeAmount(limits.time)
        for _ in 0...limits.redirections {
            switch try await step(url, until: end) {
            case .bytes(let bytes): return bytes
            case .redirection(let location): url = try url.following(location)
            }
        }
        throw .tooManyRedirections(limit: limits.redirections)
    }

    private enum Step {
        case bytes([UInt8])
        case redirection(String)
    }

    private func check(_ url: PictureURL) throws(PictureFetchError) {
        guard hosts.contains(where: { $0.allows(url) }) else { throw .hostNotAllowed(url.host) }
    }

    private func step(_ url: PictureURL, until end: NIODeadline) async throws(PictureFetchError) -> Step {
        try check(url)
        guard let address = await resolve(url.host, url.port), let ip = address.ipAddress else { throw .hostNotFound(url.host) }
        guard isAllowed(address) else { throw .addressNotPublic(host: url.host) }
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.timeout.connect = TimeAmount(limits.time)
        configuration.dnsOverride = [url.host: ip]
        configuration.httpVersion = .http1Only
        // One for each fetch: connections that are kept would be used by the name of the host again.
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        // The client's own deadline ends with the head of the answer.
        let result = await withTaskGroup(of: Result<Step, PictureFetchError>.self) { group in
            group.addTask { await ask(client, url, until: end) }
            group.addTask {
                try? await Task.sleep(for: .nanoseconds((end - .now()).nanoseconds))
                return .failure(.timedOut)
            }
            defer { group.cancelAll() }
            return await group.next() ?? .failure(.timedOut)
        }
        try? await client.shutdown()
        return try result.get()
    }

    private func ask(_ client: HTTPClient, _ url: PictureURL, until end: NIODeadline) async -> Result<Step, PictureFetchError> {
        var request = HTTPClientRequest(url: url.text)
        request.headers.add(name: "Accept", value: "image/jpeg, image/png, image/webp, image/gif")
        request.headers.add(name: "User-Agent", value: "ClipSearch")
        do {
            let response = try await client.execute(request, deadline: end)
            switch Int(response.status.code) {
            case 200: break
            case 301, 302, 303, 307, 308:
                guard let location = response.headers.first(name: "Location") else { return .failure(.badStatus(Int(response.status.code))) }
                return .success(.redirection(location))
            case let status: return .failure(.badStatus(status))
            }
            if let length = response.headers.first(name: "Content-Length").flatMap({ Int($0) }), length > limits.bytes {
                return .failure(.tooLong(limit: limits.bytes))
            }
            var bytes: [UInt8] = []
            for try await part in response.body {
                guard bytes.count + part.readableBytes <= limits.bytes else { return .failure(.tooLong(limit: limits.bytes)) }
                bytes.append(contentsOf: part.readableBytesView)
            }
            return .success(.bytes(bytes))
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout || error == .connectTimeout {
            return .failure(.timedOut)
        } catch {
            return .failure(.connectionFailed(host: url.host))
        }
    }
}
