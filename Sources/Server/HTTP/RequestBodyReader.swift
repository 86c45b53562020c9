internal import ElasticsearchAPI
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Collects a request's body, decompressed, within a limit.
struct RequestBodyReader {
    let limit: Int
    /// Grows with the body.
    let reservation: BodyMemory.Reservation

    /// - Returns: nil for an empty body.
    /// - Throws: 413 over the limit, 429 while there is no memory for it, 400 for a body that is not what its coding says.
    func read(_ request: Request) async throws -> ByteBuffer? {
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            if length <= Self.drainedBytes { try await drain(request) }
            throw tooLarge(length)
        }
        var body = ByteBuffer()
        for try await part in request.body {
            guard body.readableBytes + part.readableBytes <= limit else { throw tooLarge(nil) }
            try reservation.grow(by: part.readableBytes)
            body.writeImmutableBuffer(part)
        }
        if body.readableBytes == 0 { return nil }
        switch request.headers[.contentEncoding]?.lowercased() {
        case nil, "", "identity": return body
        case "gzip", "x-gzip", "deflate":
            return try await withTaskExecutorPreference(globalConcurrentExecutor) { [body] in try inflated(body) }
        case .some(let other):
            throw ElasticsearchError(
                status: 415, "unsupported_media_type_exception", "Content-Encoding [\(other)] is not supported")
        }
    }

    /// Clients that send all before they read would never see the answer.
    private func drain(_ request: Request) async throws {
        for try await _ in request.body {}
    }

    /// A client that sends more is not waited for.
    private static let drainedBytes = 1 << 30

    private func inflated(_ body: ByteBuffer) throws -> ByteBuffer? {
        do {
            let inflated = try ContentCoding.inflated(body, limit: limit)
            try reservation.grow(by: inflated.readableBytes)
            return inflated.readableBytes == 0 ? nil : inflated
        } catch ContentCoding.Failure.tooLarge {
            throw tooLarge(nil)
        } catch ContentCoding.Failure.damaged {
            throw ElasticsearchError(status: 400, "i_o_exception", "the body is not what its Content-Encoding says")
        }
    }

    private func tooLarge(_ length: Int?) -> ElasticsearchError {
        ElasticsearchError(
            status: 413, "content_too_long_exception",
            "entity content is too long\(length.map { " [\($0)]" } ?? "") for the configured buffer limit [\(limit)]")
    }
}
