internal import Glibc

/// A file or directory that one process uses at a time. The lock ends with the value, or with the process.
public struct FileLock: ~Copyable {
    private let file: File

    /// Locks the file at `path`, which is made where needed.
    ///
    /// - Returns: Nil if it is locked already.
    public init?(file path: String) throws(FileError) {
        guard let file = try Self.locked({ () throws(FileError) in try File(path, .update) }) else { return nil }
        self.file = file
    }

    /// Locks the directory at `path`, which is made where needed.
    ///
    /// - Returns: Nil if it is locked already.
    public init?(directory path: String) throws(FileError) {
        guard let file = try Self.locked({ () throws(FileError) in try Self.open(directory: path) }) else { return nil }
        self.file = file
    }

    private static func open(directory path: String) throws(FileError) -> File {
        while true {
            try Directory.create(path)
            do {
                return try File(path, flags: O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
            } catch where error.isMissing {
                // Its owner has just removed it.
            }
        }
    }

    /// Opens again until what is locked is what the path names.
    static func locked(_ open: () throws(FileError) -> File) throws(FileError) -> File? {
        while true {
            let file = try open()
            do {
                try system(.lock, file.path) { flock(file.descriptor, LOCK_EX | LOCK_NB) }
            } catch where error.code == EWOULDBLOCK {
                return nil
            }
            // The one who held it before may have removed it in the meantime.
            let present = try FileStatus(file.path, followingLinks: true)
            if try file.status.identity == present?.identity { return file }
        }
    }
}
