internal import Glibc

/// A folder that one process uses at a time; the lock ends with the value, or with the process.
struct FolderLock: ~Copyable {
    private let descriptor: Int32

    /// Locks the folder at `path`, which is made where needed.
    ///
    /// - Throws: `HubError.busy`, `.fileSystem`.
    init(_ path: String) throws(HubError) {
        descriptor = try Self.locked(path)
    }

    deinit { _ = close(descriptor) }

    private static func locked(_ path: String) throws(HubError) -> Int32 {
        while true {
            try Folder.make(path)
            let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
            if descriptor < 0, errno == ENOENT { continue }
            guard descriptor >= 0 else { throw .fileSystem(path: path, code: errno) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                let code = errno
                _ = close(descriptor)
                throw code == EWOULDBLOCK ? .busy(folder: path) : .fileSystem(path: path, code: code)
            }
            // The one who held it before may have removed it in the meantime.
            var own = stat(), present = stat()
            if fstat(descriptor, &own) == 0, stat(path, &present) == 0, own.st_ino == present.st_ino { return descriptor }
            _ = close(descriptor)
        }
    }
}
