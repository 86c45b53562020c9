internal import ImagePreprocessing
internal import Indices

/// How the bytes of pictures are answered.
enum PictureReply {
    /// - Parameter isNamed: the URL has the picture's hash in it, so that it never means another one.
    static func reply(_ bytes: [UInt8], for request: APIRequest, isNamed: Bool) -> Reply? {
        guard let format = ImageFormat(sniffing: bytes) else { return nil }
        var reply = Reply.file(bytes, type: "image/\(format.rawValue)", tag: PictureHash(of: bytes).text.prefix(32), for: request)
        reply.headers["Cache-Control"] = isNamed ? "private, max-age=31536000, immutable" : "private, no-cache"
        // A picture is shown, and nothing that stands in it is ever run; and only our own page shows it.
        reply.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
        reply.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return reply
    }
}

extension Reply {
    /// A file's bytes, or nothing where the client has them already.
    static func file(_ bytes: [UInt8], type: String, tag: some StringProtocol, for request: APIRequest) -> Reply {
        let tag = "\"\(tag)\""
        let isKnown = request.ifNoneMatch?.split(separator: ",").contains { $0.contains(tag) } ?? false
        var reply = isKnown ? Reply(status: 304, .empty) : Reply(.bytes(bytes, type: type))
        reply.headers["ETag"] = tag
        reply.headers["X-Content-Type-Options"] = "nosniff"
        return reply
    }
}
