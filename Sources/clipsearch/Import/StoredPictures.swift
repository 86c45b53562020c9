internal import ElasticsearchAPI
internal import Files
internal import ImagePreprocessing
internal import JSON

/// What an index knows of pictures, by their documents' ids.
struct StoredPictures: Sendable {
    struct State: Sendable, Equatable {
        var contentHash: String?
        var imageHash: String?
        var folderID: String?
        var fileSize: Int?
        var fileModified: String?

        /// Whether the file is as it was when the picture was imported, as far as that can be told without reading it.
        func isOf(_ signature: FileSignature) -> Bool {
            fileSize == signature.size && fileModified == ImportedImage.time(signature)
        }
    }

    let client: ElasticsearchClient
    let index: String

    /// What is written is seen at once, refreshed or not: an import that was killed goes on where it was.
    ///
    /// - Throws: `ClientError`.
    func states(of ids: [String]) async throws -> [String: State] {
        try await sources(ids, "content_hash", PictureDocument.hashField, "folder_id", "file_size", "file_modified").mapValues { source in
            State(
                contentHash: source["content_hash"]?.string, imageHash: source[PictureDocument.hashField]?.string,
                folderID: source["folder_id"]?.string, fileSize: source["file_size"]?.int, fileModified: source["file_modified"]?.string)
        }
    }

    /// What was made of pictures when they were imported; without those that have no vector.
    ///
    /// - Throws: `ClientError`.
    func contents(of ids: [String]) async throws -> [String: PictureContent] {
        try await sources(ids, PictureDocument.vectorField, "width", "height", "format").compactMapValues { source in
            guard let embedding = source[PictureDocument.vectorField]?.array?.floats() else { return nil }
            var content = PictureContent(embedding: embedding, format: source["format"]?.string)
            if let width = source["width"]?.int, let height = source["height"]?.int { content.size = PixelSize(width: width, height: height) }
            return content
        }
    }

    private func sources(_ ids: [String], _ fields: String...) async throws -> [String: JSONObject] {
        if ids.isEmpty { return [:] }
        let path = "/\(ElasticsearchClient.escaped(index))/_mget?_source_includes=\(fields.joined(separator: ","))"
        let answer = try await client.call("POST", path, ["ids": .array(ids.map { .string($0) })])
        guard let documents = answer.root.object?["docs"]?.array else { throw ClientError.unexpectedAnswer(request: "_mget") }
        var sources: [String: JSONObject] = [:]
        for document in documents {
            guard let document = document.object, let id = document["_id"]?.string, let source = document["_source"]?.object else { continue }
            sources[id] = source
        }
        return sources
    }
}
