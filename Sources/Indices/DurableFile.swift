import Foundation

/// Small files that are replaced whole: a reader sees the old content or the new, also after a power loss. Directories
/// are made, renamed and removed for good, too.
enum DurableFile {
    /// Writes beside the target, syncs, renames over it, and syncs the directory.
    ///
    /// - Throws: `IndicesError.fileSystem` naming the path.
    static func replace(_ path: String, with bytes: [UInt8]) throws(IndicesError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure(temporary) }
        do {
            defer { close(descriptor) }
            var written = 0
            while written < bytes.count {
                let count = bytes[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { throw failure(temporary) }
                written += count
            }
            guard fsync(descriptor) == 0 else { throw failure(temporary) }
        }
        try move(temporary, to: path)
    }

    /// Renames within a directory.
    static func move(_ path: String, to other: String) throws(IndicesError) {
        guard rename(path, other) == 0 else { throw failure(path) }
        try synchronizeDirectory(parent(of: path))
    }

    /// Makes entries created, renamed or removed in a directory durable.
    static func synchronizeDirectory(_ path: String) throws(IndicesError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    static func read(_ path: String) throws(IndicesError) -> [UInt8] {
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw .fileSystem(path: path, reason: error.localizedDescription)
        }
    }

    /// Whether there is a file or directory. One that cannot be looked at is an error, not a missing one.
    static func exists(_ path: String) throws(IndicesError) -> Bool {
        var status = stat()
        if lstat(path, &status) == 0 { return true }
        guard errno == ENOENT else { throw failure(path) }
        return false
    }

    /// Creates a directory and those above it, where they are missing.
    static func createDirectory(_ path: String) throws(IndicesError) {
        if mkdir(path, 0o755) != 0 {
            if errno == EEXIST { return }
            guard errno == ENOENT, parent(of: path) != path else { throw failure(path) }
            try createDirectory(parent(of: path))
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw failure(path) }
        }
        try synchronizeDirectory(parent(of: path))
    }

    static func remove(_ path: String) throws(IndicesError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .fileSystem(path: path, reason: error.localizedDescription)
        }
        try synchronizeDirectory(parent(of: path))
    }

    private static func parent(of path: String) -> String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    private static func failure(_ path: String) -> IndicesError {
        .fileSystem(path: path, reason: String(cString: strerror(errno)))
    }
}
