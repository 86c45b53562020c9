internal import ElasticsearchAPI
internal import JSON
internal import NIOCore

/// Brings bodies of other forms to JSON, which all decoders read.
enum BodyFormat {
    /// - Throws: 400 for a body that is not of its form.
    static func json(_ body: ByteBuffer, _ format: MediaType.Format) throws(ElasticsearchError) -> ByteBuffer {
        let value: JSONValue
        switch format {
        case .json, .newlineDelimitedJSON, .text: return body
        case .cbor:
            do {
                value = try CBORReader.value(body.readableBytesView)
            } catch {
                throw ElasticsearchError(status: 400, "x_content_parse_exception", "malformed CBOR at byte [\(error.offset)]")
            }
        case .yaml:
            guard let text = String(validating: body.readableBytesView, as: UTF8.self) else {
                throw ElasticsearchError(status: 400, "x_content_parse_exception", "Invalid UTF-8")
            }
            do throws(YAMLBody.Failure) {
                value = try YAMLBody.value(text)
            } catch {
                switch error {
                case .malformed(let reason): throw ElasticsearchError(status: 400, "x_content_parse_exception", reason)
                }
            }
        }
        return ByteBuffer(bytes: value.serialized())
    }
}
