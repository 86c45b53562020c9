internal import ElasticsearchAPI
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Collects a request's body, decompressed, within a limit.
struct RequestBodyReader {
    let limit: Int

    /// - Returns: nil for an empty body.
    /// - Throws: 413 over the limit, 400 for a body that is not what its coding says.
    func read(_ request: Request) async throws -> ByteBuffer? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge(length) }
        let body: ByteBuffer
        do {
            body = try await request.body.collect(upTo: limit)
        } catch is NIOTooManyBytesError {
            throw tooLarge(nil)
        }
        if body.readableBytes == 0 { return nil }
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "", "identity": return body
        case "gzip", "x-gzip", "deflate": 
            return try await withTaskExecutorPreference(globalConcurrentExecutor) { try inflated(body) }
        case .some(let other):
            throw ElasticsearchError(
                status: 415, "unsupported_media_type_exception", "Content-Encoding [\(other)] is not supported")
        }
    }

    private func inflated(_ body: ByteBuffer) throws -> ByteBuffer? {
        do {
            let inflated = try ContentCoding.inflated(body, limit: limit)
            return inflated.readableBytes == 0 ? nil : inflated
        } catch .tooLarge {
            throw tooLarge(nil)
        } catch .damaged {
            throw ElasticsearchError(status: 400, "i_o_exception", "the body is not what its Content-Encoding says")
        }
    }

    private func tooLarge(_ length: Int?) -> ElasticsearchError {
        ElasticsearchError(
            status: 413, "content_too_long_exception",
            "entity content is too long\(length.map { " [\($0)]" } ?? "") for the configured buffer limit [\(limit)]")
    }
}
