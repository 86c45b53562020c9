internal import ElasticsearchAPI
internal import NIOCore

/// A request on its way to a handler: routed, decompressed, its headers agreed upon.
struct APIRequest: Sendable {
    var endpoint: Endpoint
    /// As it was sent, for error texts.
    var path: String
    var captures: [String: String]
    var parameters: QueryParameters
    /// Nil if it is empty.
    var body: ByteBuffer?
    var negotiation: ContentNegotiation
    var options: RenderingOptions
    /// The `If-None-Match` header: which files the client has.
    var ifNoneMatch: String?
    var client = ClientIdentity.anonymous
    /// What is deprecated of it.
    var deprecations = Deprecations()

    /// The body's bytes; nil if it is empty.
    var bodyBytes: ByteBufferView? { body?.readableBytesView }

    /// - Throws: 400 where the body is empty.
    func requiredBody() throws(ElasticsearchError) -> ByteBufferView {
        guard let bodyBytes else { throw ElasticsearchError(status: 400, "status_exception", "requires body") }
        return bodyBytes
    }

    /// Reading only, and little of it: such a request is answered on its connection's event loop.
    var isShort: Bool {
        let bytes = body?.readableBytes ?? 0
        switch endpoint {
        case .info, .ping, .get, .exists, .getSource, .existsSource, .tasksGet, .tasksList: return true
        // A query with a vector of 4096 dimensions is smaller.
        case .search, .count: return bytes <= 128 * 1024
        // A few sentences are; many documents are not, nor are pictures.
        case .mlInferTrainedModel, .mlInferTrainedModelDeployment, .inferenceInference: return bytes <= 4 * 1024
        default: return false
        }
    }

    /// A captured segment that every route of the endpoint has.
    func capture(_ name: String) throws(ElasticsearchError) -> String {
        guard let value = captures[name] else { throw .illegalArgument("[\(name)] is missing in [\(path)]") }
        return value
    }
}
