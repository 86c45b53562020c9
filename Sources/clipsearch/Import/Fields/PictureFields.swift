internal import JSON
internal import Synchronization

/// What is said of pictures, in files beside them and in a file of fields, which counts more.
final class PictureFields: Sendable {
    private let captions = Mutex(Captions())
    private let table: FieldsTable?

    init(table: FieldsTable? = nil) {
        self.table = table
    }

    /// - Throws: `ImportError`.
    func fields(for file: ImageFolder.File) throws -> JSONMembers {
        var fields = try captions.withLock { try $0.fields(for: file) }
        for member in table?.fields(for: file) ?? [:] { fields[member.key] = member.value }
        return fields
    }

    /// Whether nobody says anything of a picture in this run, so that what the index says of it is left as it is.
    ///
    /// - Throws: `ImportError`.
    func isSilent(of file: ImageFolder.File) throws -> Bool {
        try table == nil && captions.withLock { try $0.isSilent(of: file) }
    }
}
