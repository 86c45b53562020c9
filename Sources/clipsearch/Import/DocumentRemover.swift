internal import ElasticsearchAPI
internal import JSON

/// Takes the documents of pictures that are gone out of an index. Documents that came from another folder stay.
struct DocumentRemover: Sendable {
    let index: PictureIndex
    let folderID: String

    /// - Parameter paths: from the folder.
    /// - Returns: how many documents there were.
    /// - Throws: `ClientError`.
    func remove(_ paths: [String]) async throws -> Int {
        guard await index.exists else { return 0 }
        let ids = paths.map { ImportedImage.id(of: .init(relativePath: $0, path: $0)) }
        let states = try await StoredPictures(client: index.client, index: index.name).states(of: ids)
        return try await delete(ids.filter { states[$0]?.folderID == folderID })
    }

    /// Removes the documents of all pictures of the folder that are not in it any more.
    ///
    /// - Throws: `ClientError`.
    func removeAll(missingIn listing: ImageFolder.Listing) async throws -> Int {
        guard await index.exists else { return 0 }
        try await index.refresh()
        let present = Set(listing.files.map(\.relativePath))
        var documents = try await SourceDocuments(
            index.name, client: index.client, query: ["term": ["folder_id": .string(folderID)]], source: .fields([PictureDocument.pathField]))
        var gone: [String] = []
        while case let page = try await documents.next(), !page.isEmpty {
            for document in page {
                guard let path = document.source[PictureDocument.pathField]?.string else { continue }
                if !present.contains(path), listing.knows(path) { gone.append(document.id) }
            }
        }
        await documents.close()
        return try await delete(gone)
    }

    private func delete(_ ids: [String]) async throws -> Int {
        for start in stride(from: 0, to: ids.count, by: 1000) {
            let part = ids[start..<min(start + 1000, ids.count)]
            let refusals = try await BulkWriter(client: index.client, index: index.name).write(part.map { .delete($0) })
            if let refusal = refusals.lazy.compactMap({ $0 }).first { throw ClientError.refused(request: "_bulk", reason: refusal.reason) }
        }
        return ids.count
    }
}
