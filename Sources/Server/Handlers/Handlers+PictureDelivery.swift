internal import ElasticsearchAPI
internal import ImagePreprocessing
internal import Indices
internal import JSON
internal import NIOPosix
internal import Query

/// The pictures of documents, as the page and other clients ask for them.
extension Handlers {
    /// `GET /{index}/_image/{id}`: the whole picture, where the node has it or may read it, or the document holds it. Ours.
    @Sendable func getImage(_ request: APIRequest) async throws -> Reply {
        guard let picture = try await storedPicture(request) else { return try Self.noPicture(request) }
        if let kept = try await original(picture) { return try Self.reply(kept, request, isNamed: picture.isNamed) }
        return try Self.reply(try await heldPicture(request, isSmall: false), request)
    }

    /// `GET /{index}/_image/{id}/_thumbnail`: a small copy, made now if there is none yet. Ours.
    @Sendable func getThumbnail(_ request: APIRequest) async throws -> Reply {
        guard let picture = try await storedPicture(request) else { return try Self.noPicture(request) }
        if let hash = picture.hash, let kept = try indices.picture(.thumbnail, of: hash, in: picture.index) {
            return try Self.reply(kept, request, isNamed: picture.isNamed)
        }
        if let original = try await original(picture) {
            let made = try await Self.thumbnail(of: original)
            // It is shown where nothing may be written, too.
            if let hash = picture.hash { try? indices.keepPicture(made, as: .thumbnail, of: hash, in: picture.index) }
            return try Self.reply(made, request, isNamed: picture.isNamed)
        }
        guard let held = try await heldPicture(request, isSmall: true) else { return try Self.reply(nil, request) }
        // Not kept: the document keeps it.
        return try Self.reply(try await NIOThreadPool.singleton.runIfActive { try? Thumbnail(madeElsewhere: held).bytes }, request)
    }

    private struct StoredPicture: Sendable {
        var index: String
        var hash: PictureHash?
        var relativePath: String?
        /// The URL names the hash of the very picture.
        var isNamed: Bool
    }

    /// What a document says of its picture; nil: there is no such document.
    private func storedPicture(_ request: APIRequest) async throws -> StoredPicture? {
        let wanted = [PictureDocument.hashField, PictureDocument.pathField]
        guard let source = try await source(request, .filtered(includes: wanted, excludes: [])) else { return nil }
        let hash = source[PictureDocument.hashField]?.string.flatMap { PictureHash($0) }
        return StoredPicture(
            index: try request.capture("index"), hash: hash, relativePath: source[PictureDocument.pathField]?.string,
            isNamed: hash != nil && request.parameters["v"] == hash?.text)
    }

    private func heldPicture(_ request: APIRequest, isSmall: Bool) async throws -> [UInt8]? {
        var source = try await source(request, .all)
        if case .raw(let bytes)? = source { source = JSONValue(try JSONDocument(parsing: bytes).root) }
        return source.flatMap { DocumentPictures.picture(in: $0, isSmall: isSmall) }
    }

    private func source(_ request: APIRequest, _ filter: SourceFilter) async throws -> JSONValue? {
        var wanted = DocumentRequest(index: try request.capture("index"), id: try request.capture("id"))
        wanted.routing = request.parameters["routing"]
        wanted.fetch.source = filter
        wanted.fetch.excludesVectors = true
        return try await indices.document(wanted)?.source
    }

    /// On a thread that may be kept busy: it may be large, and is hashed.
    private func original(_ picture: StoredPicture) async throws -> [UInt8]? {
        try await NIOThreadPool.singleton.runIfActive { [self] in try readOriginal(picture) }
    }

    private func readOriginal(_ picture: StoredPicture) throws -> [UInt8]? {
        if let hash = picture.hash, let kept = try indices.picture(.original, of: hash, in: picture.index) { return kept }
        guard let bytes = picture.relativePath.flatMap({ pictureRoots.picture(at: $0) }) else { return nil }
        // A file that has changed since is not what was found.
        if let hash = picture.hash, PictureHash(of: bytes) != hash { return nil }
        return bytes
    }

    private static func reply(_ bytes: [UInt8]?, _ request: APIRequest, isNamed: Bool = false) throws -> Reply {
        guard let bytes, let reply = PictureReply.reply(bytes, for: request, isNamed: isNamed) else { return try noPicture(request) }
        return reply
    }

    /// - Throws: that there is none, unless the client takes it that there may be none: a page shows something else then, and a browser
    ///   would complain of an error.
    private static func noPicture(_ request: APIRequest) throws -> Reply {
        guard try request.parameters.bool("ignore_missing") ?? false else {
            throw ElasticsearchError(status: 404, "resource_not_found_exception", "there is no picture at [\(request.path)]")
        }
        var reply = Reply(status: 204, .empty)
        reply.headers["Cache-Control"] = "private, no-cache"
        return reply
    }
}
