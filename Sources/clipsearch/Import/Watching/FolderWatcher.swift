internal import Files

/// Keeps an index in step with a folder, which it looks through every now and then.
///
/// It asks for sizes and times rather than to be told by the system: that is right on file systems over a network too, however
/// many folders there are, and costs a thousandth of a second for a thousand files.
struct FolderWatcher {
    enum Event: Equatable {
        case inStep(imported: Int, updated: Int, deleted: Int, failed: [ImageImporter.Failure])
        /// The folder is away, or another one is in its place; nothing is deleted for that.
        case folderAway
        case folderBack
        case failed(reason: String)
    }

    let folder: ImageFolder
    /// The path of a file of fields.
    let fields: String?
    /// The importer of pictures of which so much is said.
    let importer: @Sendable (PictureFields) -> ImageImporter
    let remover: DocumentRemover
    /// Nil until a picture was seen: an empty folder may be where another one is going to be mounted.
    private var root: FileSignature?
    private var changes: FolderChanges
    private var isAway = false

    /// - Parameter scan: what the index is in step with.
    init(
        _ folder: ImageFolder, fields: String?, inStepWith scan: FolderScan, remover: DocumentRemover,
        importer: @escaping @Sendable (PictureFields) -> ImageImporter
    ) {
        self.folder = folder
        self.fields = fields
        self.importer = importer
        self.remover = remover
        root = scan.pictures.isEmpty ? nil : FileSignature(of: folder.path)
        changes = FolderChanges(inStepWith: scan)
    }

    /// Looks through the folder once, and brings the index in step with what has settled.
    ///
    /// - Returns: nil if there was nothing to do. What failed because of the node or of a file of fields is tried again the next time.
    mutating func look() async -> Event? {
        guard let now = FileSignature(of: folder.path), root.map(now.isSameFile) ?? true,
            let scan = try? FolderScan(folder, fields: fields)
        else {
            defer { isAway = true }
            return isAway ? nil : .folderAway
        }
        if root == nil, !scan.pictures.isEmpty { root = now }
        if isAway {
            isAway = false
            return .folderBack
        }
        let found = changes.changes(in: scan)
        guard !found.isEmpty else { return nil }
        do {
            let table = try fields.map { (path) throws(ImportError) in try FieldsTable(reading: path, folder: folder.path) }
            var importer = importer(PictureFields(table: table))
            importer.gone = try await remover.documents(of: found.deleted)
            let summary = try await importer.run(found.pictures)
            let deleted = try await remover.remove(importer.gone)
            try await importer.index.refresh()
            changes.settle()
            return .inStep(imported: summary.imported, updated: summary.updated, deleted: deleted, failed: summary.failed)
        } catch {
            return .failed(reason: "\(error)")
        }
    }
}
