internal import FoundationEssentials
internal import Glibc

/// What is done to folders, with errors that name them.
enum Folder {
    /// Makes the folder at `path` and those above it.
    static func make(_ path: String) throws(HubError) {
        if mkdir(path, 0o755) == 0 { return }
        switch errno {
        case EEXIST:
            var status = stat()
            guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
                throw .fileSystem(path: path, code: ENOTDIR)
            }
        case ENOENT:
            guard let separator = path.lastIndex(of: "/"), separator != path.startIndex else { fallthrough }
            try make(String(path[..<separator]))
            guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw .fileSystem(path: path, code: errno) }
        default: throw .fileSystem(path: path, code: errno)
        }
    }

    /// Removes what is at `path` with all that it holds; links are not followed.
    static func remove(_ path: String) throws(HubError) {
        guard exists(path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            let cause = (error as? CocoaError)?.underlying as? POSIXError
            throw .fileSystem(path: path, code: cause?.code.rawValue ?? EIO)
        }
    }

    /// Whether there is anything, be it a link to nowhere.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    static func names(in path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    }

    /// The paths of all that are no folders, relative to `path`.
    static func files(below path: String) -> [String] {
        names(in: path).flatMap { name in
            var status = stat()
            guard lstat("\(path)/\(name)", &status) == 0, status.st_mode & S_IFMT == S_IFDIR else { return [name] }
            return files(below: "\(path)/\(name)").map { "\(name)/\($0)" }
        }
    }

    /// Waits until the folder's entries have reached the disk.
    static func sync(_ path: String) throws(HubError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .fileSystem(path: path, code: errno) }
        defer { _ = close(descriptor) }
        guard fsync(descriptor) == 0 else { throw .fileSystem(path: path, code: errno) }
    }

    /// The bytes that an ordinary user may still write to the file system of `path`.
    static func freeBytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isTooLarge) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isTooLarge ? .max : Int(clamping: bytes)
    }
}
