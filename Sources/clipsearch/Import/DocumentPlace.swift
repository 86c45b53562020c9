/// Where a picture's document stands in an index, or is to stand.
///
/// Its id is the hash of its path from the folder, unless a document of another folder has that: then it is the hash of both. So
/// folders whose pictures have the same names share an index, and a folder that was imported alone has the ids that it always had.
struct DocumentPlace: Sendable, Equatable {
    let id: String
    /// What stands there; nil: nothing.
    let state: StoredPictures.State?
    /// What another folder's document says that has the id of the path.
    let rival: StoredPictures.State?

    /// - Parameter states: of the documents of `ids(of:folderID:)`, as far as there are any.
    init(of file: ImageFolder.File, folderID: String, among states: [String: StoredPictures.State]) {
        let ids = Self.ids(of: file, folderID: folderID)
        if let own = states[ids.ofBoth] {
            (id, state, rival) = (ids.ofBoth, own, nil)
        } else if let found = states[ids.ofPath], let owner = found.folderID, owner != folderID {
            (id, state, rival) = (ids.ofBoth, nil, found)
        } else {
            (id, state, rival) = (ids.ofPath, states[ids.ofPath], nil)
        }
    }

    static func ids(of file: ImageFolder.File, folderID: String) -> (ofPath: String, ofBoth: String) {
        (ImportedImage.id(of: file), String(ImportedImage.hash(Array("\(folderID)\0\(file.relativePath)".utf8)).prefix(32)))
    }
}

extension StoredPictures {
    /// What the index says of files' documents, by the ids that they may have.
    ///
    /// - Throws: `ClientError`.
    func states(of files: some Sequence<ImageFolder.File>, folderID: String) async throws -> [String: State] {
        try await states(of: files.flatMap { file in
            let ids = DocumentPlace.ids(of: file, folderID: folderID)
            return [ids.ofPath, ids.ofBoth]
        })
    }
}
