internal import FoundationEssentials
internal import Glibc

/// Where a model is put together before it appears among the others: `<models>/.pulls/<id>/<commit>`, which one process
/// holds at a time and the next run takes up.
struct StagingFolder: ~Copyable {
    private static let name = ".pulls"

    /// The model's folder, once it is complete.
    let target: String
    let path: String
    private let models: String
    private let root: String
    private let lock: FolderLock

    /// - Parameter id: One path component.
    /// - Throws: `HubError.busy`, `.fileSystem`.
    init(models: String, id: String, commit: String) throws(HubError) {
        let root = "\(models)/\(Self.name)/\(id)", lock = try FolderLock(root)
        // What was begun of an earlier commit.
        for name in Folder.names(in: root) where name != commit { try Folder.remove("\(root)/\(name)") }
        self.models = models
        self.root = root
        self.lock = lock
        target = "\(models)/\(id)"
        path = "\(root)/\(commit)"
    }

    /// Makes what is missing of `files`, empty, and removes what does not belong to them.
    ///
    /// - Returns: How many bytes of them are there already.
    /// - Throws: `HubError.fileSystem`.
    func prepare(_ files: [HubFile]) throws(HubError) -> Int {
        try Folder.make(path)
        let wanted = Set(files.map(\.path))
        for name in Folder.files(below: path) where !wanted.contains(name) { try Folder.remove("\(path)/\(name)") }
        var bytes = 0
        for file in files {
            if !file.folder.isEmpty { try Folder.make("\(path)/\(file.folder)") }
            let place = "\(path)/\(file.path)"
            let descriptor = open(place, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
            guard descriptor >= 0 else { throw .fileSystem(path: place, code: errno) }
            var status = stat()
            if fstat(descriptor, &status) == 0 { bytes += min(file.size, Int(status.st_size)) }
            _ = close(descriptor)
        }
        return bytes
    }

    /// Makes the folder the model's, in place of another if there is one.
    ///
    /// - Throws: `HubError.fileSystem`.
    func publish(_ files: [HubFile]) throws(HubError) {
        for folder in Set(files.map(\.folder)) { try Folder.sync(folder.isEmpty ? path : "\(path)/\(folder)") }
        try Folder.sync(path)
        if Folder.exists(target) {
            guard rename(target, "\(root)/replaced") == 0 else { throw .fileSystem(path: target, code: errno) }
        }
        guard rename(path, target) == 0 else { throw .fileSystem(path: target, code: errno) }
        try Folder.sync(models)
        try discard()
    }

    /// Removes all that is left.
    ///
    /// - Throws: `HubError.fileSystem`.
    func discard() throws(HubError) {
        try Folder.remove(root)
        // Fails where another model is on its way, as it should.
        _ = rmdir("\(models)/\(Self.name)")
    }
}
