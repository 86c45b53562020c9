internal import ElasticsearchAPI
internal import Indices
internal import Page

extension Handlers {
    /// `GET /` from a browser. Ours.
    func page(_ request: APIRequest) -> Reply {
        var reply = Self.reply(Page.index, request)
        reply.headers["Vary"] = "Accept"
        return reply
    }

    /// `GET /_app/{file}`: what the page loads; without a file, where the page is. Ours.
    @Sendable func pageFile(_ request: APIRequest) throws -> Reply {
        guard let name = request.captures["file"] else {
            var reply = Reply(status: 302, .empty)
            // Before the node may stand what serves it below a path.
            reply.location = request.path.hasSuffix("/") ? "../" : "./"
            return reply
        }
        guard let file = Page.file(name) else {
            throw ElasticsearchError(status: 404, "resource_not_found_exception", "the page has no file [\(name)]")
        }
        return Self.reply(file, request)
    }

    private static func reply(_ file: Page.File, _ request: APIRequest) -> Reply {
        var reply = Reply.file(file.bytes, type: file.type, tag: PictureHash(of: file.bytes).text.prefix(32), for: request)
        // Small, and new with every release: asked for again, and answered with 304.
        reply.headers["Cache-Control"] = "no-cache"
        for (name, value) in protection { reply.headers[name] = value }
        return reply
    }

    /// Nothing but the page's own files and pictures is loaded, run or asked, and no other site may frame it. Pictures may also stand in
    /// documents, as data URIs.
    private static let protection = [
        "Content-Security-Policy":
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
    ]
}
