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

    /// The body's bytes; nil if it is empty.
    var bodyBytes: ByteBufferView? { body?.readableBytesView }

    /// A captured segment that every route of the endpoint has.
    func capture(_ name: String) throws(ElasticsearchError) -> String {
        guard let value = captures[name] else { throw .illegalArgument("[\(name)] is missing in [\(path)]") }
        return value
    }
}
