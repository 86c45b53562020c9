internal import AsyncHTTPClient
internal import ElasticsearchAPI
internal import Indices
internal import JSON
internal import NIOCore
internal import NIOHTTP1

/// Another Elasticsearch or ClipSearch, spoken to over HTTP.
struct RemoteNode: Sendable {
    /// As much as Elasticsearch takes of an answer.
    private static let largestAnswer = 100 << 20

    /// Lives as long as the process. It follows no redirections: only hosts that the settings list are spoken to.
    private static let http: HTTPClient = {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }()

    private let remote: ReindexRequest.Remote

    init(_ remote: ReindexRequest.Remote) {
        self.remote = remote
    }

    /// - Throws: `IndicesError.remote` for anything but a success with an object.
    func send(_ method: String, _ path: String, _ body: JSONValue) async throws(IndicesError) -> JSONObject {
        var request = HTTPClientRequest(url: remote.url + path)
        request.method = HTTPMethod(rawValue: method)
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "Content-Type", value: "application/json")
        for header in remote.headers { request.headers.add(name: header.name, value: header.value) }
        if let username = remote.username { request.setBasicAuth(username: username, password: remote.password ?? "") }
        request.body = .bytes(ByteBuffer(bytes: body.serialized()))
        let status: Int
        let bytes: ByteBuffer
        do {
            let response = try await Self.http.execute(
                request, timeout: TimeAmount(remote.connectTimeout + remote.socketTimeout))
            status = Int(response.status.code)
            bytes = try await response.body.collect(upTo: Self.largestAnswer)
        } catch {
            throw failure("\(error)")
        }
        let object = (try? JSONDocument(parsing: bytes.readableBytesView))?.root.object
        guard (200..<300).contains(status) else {
            throw .remote(
                host: remote.host, status: (400..<600).contains(status) ? status : nil,
                reason: Self.reason(object) ?? "status [\(status)]")
        }
        guard let object else { throw failure("the answer is not a JSON object") }
        return object
    }

    func failure(_ reason: String) -> IndicesError { .remote(host: remote.host, status: nil, reason: reason) }

    private static func reason(_ answer: JSONObject?) -> String? {
        let error = answer?["error"]
        return error?.object?["reason"]?.string ?? error?.string
    }
}
