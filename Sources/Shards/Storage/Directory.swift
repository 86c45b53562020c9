internal import FoundationEssentials
internal import Glibc

/// Directories, with errors that name them. What is made or removed here stays so after a loss of power.
enum Directory {
    /// Creates a directory in one that is there; it may be there itself.
    static func create(_ path: String) throws(ShardError) {
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
        try synchronize(parent(of: path))
    }

    /// Removes a directory and what is in it, if it is there.
    static func remove(_ path: String) throws(ShardError) {
        guard try exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .directory(path: path, reason: String(describing: error))
        }
        try synchronize(parent(of: path))
    }

    /// Whether there is a file or directory. One that cannot be looked at is an error, not a missing one.
    static func exists(_ path: String) throws(ShardError) -> Bool {
        var status = stat()
        if lstat(path, &status) == 0 { return true }
        guard errno == ENOENT else { throw failure(path) }
        return false
    }

    /// Makes entries created, renamed or removed in a directory durable.
    static func synchronize(_ path: String) throws(ShardError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    /// Bytes of all files below a directory, as they are allocated: files with holes count what they hold.
    static func allocatedBytes(_ path: String) -> Int {
        guard let names = try? FileManager.default.subpathsOfDirectory(atPath: path) else { return 0 }
        return names.reduce(0) { sum, name in sum + FileStatus.allocatedBytes(path + "/" + name) }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private static func failure(_ path: String) -> ShardError {
        .directory(path: path, reason: String(cString: strerror(errno)))
    }
}
