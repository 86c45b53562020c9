internal import ElasticsearchAPI
internal import JSON

/// Takes the documents of pictures that are gone out of an index. Documents that came from another folder stay.
struct DocumentRemover: Sendable {
    let index: PictureIndex
    let folderID: String

    /// Documents by their ids, and the hashes of their pictures.
    typealias Documents = [String: String]

    /// Those of pictures that are gone.
    ///
    /// - Parameter paths: from the folder.
    /// - Throws: `ClientError`.
    func documents(of paths: [String]) async throws -> Documents {
        guard await index.exists else { return [:] }
        let files = paths.map { ImageFolder.File(relativePath: $0, path: $0) }
        let states = try await StoredPictures(client: index.client, index: index.name).states(of: files, folderID: folderID)
        return states.filter { $0.value.folderID == folderID }.mapValues { $0.imageHash ?? "" }
    }

    /// Those of all pictures of the folder that are not in it any more.
    ///
    /// - Throws: `ClientError`.
    func missing(in listing: ImageFolder.Listing) async throws -> Documents {
        guard await index.exists else { return [:] }
        try await index.refresh()
        let present = Set(listing.files.map(\.relativePath))
        var documents = try await SourceDocuments(
            index.name, client: index.client, query: ["term": ["folder_id": .string(folderID)]],
            source: .fields([PictureDocument.pathField, PictureDocument.hashField]))
        var gone: Documents = [:]
        while case let page = try await documents.next(), !page.isEmpty {
            for document in page {
                guard let path = document.source[PictureDocument.pathField]?.string else { continue }
                guard !present.contains(path), listing.knows(path) else { continue }
                gone[document.id] = document.source[PictureDocument.hashField]?.string ?? ""
            }
        }
        await documents.close()
        return gone
    }

    /// - Returns: how many there were.
    /// - Throws: `ClientError`.
    func remove(_ documents: Documents) async throws -> Int {
        let ids = documents.keys.sorted()
        for start in stride(from: 0, to: ids.count, by: 1000) {
            let part = ids[start..<min(start + 1000, ids.count)]
            let refusals = try await BulkWriter(client: index.client, index: index.name).write(part.map { .delete($0) })
            if let refusal = refusals.lazy.compactMap({ $0 }).first { throw ClientError.refused(request: "_bulk", reason: refusal.reason) }
        }
        return ids.count
    }
}
