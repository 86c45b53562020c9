import Foundation

/// Small files that are replaced whole: a reader sees the old content or the new, also after a power loss.
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
                guard count > 0 else { throw failure(temporary) }
                written += count
            }
            guard fsync(descriptor) == 0 else { throw failure(temporary) }
        }
        guard rename(temporary, path) == 0 else { throw failure(path) }
        try synchronizeDirectory((path as NSString).deletingLastPathComponent)
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

    static func createDirectory(_ path: String) throws(IndicesError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw .fileSystem(path: path, reason: error.localizedDescription)
        }
    }

    static func remove(_ path: String) throws(IndicesError) {
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            throw .fileSystem(path: path, reason: error.localizedDescription)
        }
    }

    private static func failure(_ path: String) -> IndicesError {
        .fileSystem(path: path, reason: String(cString: strerror(errno)))
    }
}
