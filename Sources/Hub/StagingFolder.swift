internal import Files

/// Where a model is put together before it appears among the others: `<models>/.pulls/<id>/<commit>`, which one process
/// holds at a time and the next run takes up.
struct StagingFolder: ~Copyable {
    private static let name = ".pulls"

    /// The model's folder, once it is complete.
    let target: String
    let path: String
    private let models: String
    private let root: String
    private let lock: FileLock

    /// - Parameter id: One path component.
    /// - Throws: `HubError.busy`, `.file`.
    init(models: String, id: String, commit: String) throws(HubError) {
        let root = "\(models)/\(Self.name)/\(id)"
        guard let lock = try HubError.wrapping(FileLock(directory: root)) else { throw .busy(folder: root) }
        try HubError.wrapping { () throws(FileError) in
            // What was begun of an earlier commit.
            for name in try Directory.names(in: root) where name != commit { try Path.remove("\(root)/\(name)") }
        }
        self.models = models
        self.root = root
        self.lock = lock
        target = "\(models)/\(id)"
        path = "\(root)/\(commit)"
    }

    /// Makes what is missing of `files`, empty, and removes what does not belong to them.
    ///
    /// - Returns: How many bytes of them are there already.
    /// - Throws: `HubError.file`.
    func prepare(_ files: [HubFile]) throws(HubError) -> Int {
        let path = path, wanted = Set(files.map(\.path))
        return try HubError.wrapping { () throws(FileError) in
            try Directory.create(path)
            for name in try Directory.files(below: path) where !wanted.contains(name) {
                try Path.remove("\(path)/\(name)")
            }
            var bytes = 0
            for file in files {
                if !file.folder.isEmpty { try Directory.create("\(path)/\(file.folder)") }
                bytes += min(file.size, try File("\(path)/\(file.path)", .update, followingLinks: false).size)
            }
            return bytes
        }
    }

    /// Makes the folder the model's, in place of another if there is one.
    ///
    /// - Throws: `HubError.file`.
    func publish(_ files: [HubFile]) throws(HubError) {
        let (path, target, root, models) = (path, target, root, models)
        try HubError.wrapping { () throws(FileError) in
            for folder in Set(files.map(\.folder)) { try Directory.synchronize("\(path)/\(folder)") }
            try Directory.synchronize(path)
            let former = "\(root)/replaced"
            if try Path.exists(target) { try Path.rename(target, to: former) }
            do throws(FileError) {
                try Path.rename(path, to: target)
            } catch {
                try? Path.rename(former, to: target)
                throw error
            }
            try Directory.synchronize(models)
        }
        try discard()
    }

    /// Removes all that is left.
    ///
    /// - Throws: `HubError.file`.
    func discard() throws(HubError) {
        try HubError.wrapping(Path.remove(root))
        // It stays where another model is on its way.
        Directory.removeIfEmpty("\(models)/\(Self.name)")
    }
}
