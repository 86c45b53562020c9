internal import ElasticsearchAPI
internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore

/// Turns a reply into an HTTP response.
struct ResponseRendering {
    /// Smaller bodies are not worth compressing.
    private static let compressionThreshold = 1024

    let acceptsGzip: Bool
    let isHead: Bool
    var mediaType = ElasticsearchAPI.MediaType.json
    var options = RenderingOptions()
    var allowedMethods: [String] = []
    /// `X-Opaque-Id` of the request, which comes back.
    var opaqueID: String?

    init(acceptsGzip: Bool, isHead: Bool) {
        self.acceptsGzip = acceptsGzip
        self.isHead = isHead
    }

    func response(_ reply: Reply) -> Response {
        var headers = headers(reply)
        let bytes = bytes(reply, &headers)
        guard !isHead, let bytes else {
            // Of what has not changed, the length would be that of the whole; and nothing has no length.
            if reply.status != 304, reply.status != 204 { headers[.contentLength] = String(bytes?.count ?? 0) }
            return Response(status: .init(code: reply.status), headers: headers)
        }
        if acceptsGzip, bytes.count > Self.compressionThreshold, reply.isCompressible, let compressed = ContentCoding.gzipped(bytes) {
            headers[.contentEncoding] = "gzip"
            return Response(
                status: .init(code: reply.status), headers: headers, body: ResponseBody(byteBuffer: compressed))
        }
        return Response(
            status: .init(code: reply.status), headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// The official clients refuse any server whose 2xx answers do not name the product; 401 and 403 say nothing.
    private func headers(_ reply: Reply) -> HTTPFields {
        var headers = HTTPFields()
        if reply.status == 401 {
            headers[values: .wwwAuthenticate] = Authentication.challenges
        }
        if reply.status != 401, reply.status != 403 {
            if let product = HTTPField.Name("X-elastic-product") { headers[product] = "Elasticsearch" }
            if let warning = HTTPField.Name("Warning"), !reply.warnings.isEmpty {
                headers[values: warning] = reply.warnings.map(Self.warning)
            }
        }
        if let opaqueID, let name = HTTPField.Name("X-Opaque-Id") { headers[name] = opaqueID }
        if !allowedMethods.isEmpty { headers[.allow] = allowedMethods.joined(separator: ",") }
        if let location = reply.location { headers[.location] = location }
        for (name, value) in reply.headers {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return headers
    }

    /// A `Warning` header's value: quoted, and what is no ASCII escaped as in an address.
    private static func warning(_ text: String) -> String {
        var quoted: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): quoted += [UInt8(ascii: "\\"), byte]
            case 0x20..<0x7F: quoted.append(byte)
            default: quoted += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return #"299 Elasticsearch-\#(VersionInfo.elasticsearch)-unknown "\#(String(decoding: quoted, as: UTF8.self))""#
    }

    private func bytes(_ reply: Reply, _ headers: inout HTTPFields) -> [UInt8]? {
        switch reply.body {
        case .empty: return nil
        case .text(let text):
            headers[.contentType] = ElasticsearchAPI.MediaType.text.description
            return Array(text.utf8)
        case .bytes(let bytes, let type):
            headers[.contentType] = type
            return bytes
        case .json(let value): return json(options.filter?.apply(to: value) ?? value, &headers)
        case .error(let value): return json(options.tracesErrors ? ErrorTrace.added(to: value) : value, &headers)
        }
    }

    private func json(_ value: JSONValue, _ headers: inout HTTPFields) -> [UInt8] {
        let type = options.format.map { ElasticsearchAPI.MediaType(format: $0.isStructured ? $0 : .json, compatibleWith: nil) } ?? mediaType
        headers[.contentType] = type.description
        switch type.format {
        case .yaml: return YAMLWriter.bytes(value)
        case .cbor: return CBORWriter.bytes(value)
        case .json, .newlineDelimitedJSON, .text:
            var writer = JSONWriter(pretty: options.isPretty)
            writer.write(value)
            return options.isPretty ? writer.bytes + [UInt8(ascii: "\n")] : writer.bytes
        }
    }
}
