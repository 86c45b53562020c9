internal import Files

/// The bytes of a folder's pictures.
struct PictureSet {
    let contents: [[UInt8]]

    /// - Throws: `ImportError` if there is no such folder or there are no pictures in it.
    init(folder: String, limit: Int = .max) throws {
        contents = try ImageFolder(path: folder).files().prefix(limit).map { file in
            try ImportError.wrapping(File.contents(of: file.path))
        }
        if contents.isEmpty { throw ImportError.noPictures(folder) }
    }
}
