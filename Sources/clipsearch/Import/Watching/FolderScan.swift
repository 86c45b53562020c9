internal import Files

/// What a folder's files are known by at one moment: pictures, and files that say something of them.
struct FolderScan: FolderLook {
    /// By path from the folder.
    var pictures: [String: ImageFolder.File] = [:]
    var signatures: [String: FileSignature] = [:]
    /// Folders of which nothing is known.
    var unreadable: [String] = []

    /// Stands for the file of fields, which may lie anywhere.
    static let fieldsKey = "\0fields"

    init(pictures: [ImageFolder.File] = [], signatures: [String: FileSignature] = [:], unreadable: [String] = []) {
        for file in pictures { self.pictures[file.relativePath] = file }
        self.signatures = signatures
        self.unreadable = unreadable
    }

    /// - Parameter fields: the path of a file of fields.
    /// - Throws: `ImportError.notAFolder`.
    init(_ folder: ImageFolder, fields: String?) throws(ImportError) {
        let listing = try folder.listing()
        self.init(pictures: listing.files, unreadable: listing.unreadable)
        for file in listing.files + listing.captions { signatures[file.relativePath] = FileSignature(of: file.path) }
        signatures[Self.fieldsKey] = fields.flatMap { FileSignature(of: $0) }
    }
}
