internal import Glibc

/// Directories, by their paths.
public enum Directory {
    /// Makes the directory and those above it, where they are missing; what is made survives a loss of power.
    public static func create(_ path: String) throws(FileError) {
        do {
            try make(path)
        } catch where error.isMissing && Path.parent(of: path) != path {
            try create(Path.parent(of: path))
            try make(path)
        }
    }

    /// Makes the directory and those above it up to one that has to be there.
    ///
    /// - Parameter root: a part of the path.
    public static func create(_ path: String, below root: String) throws(FileError) {
        do {
            try make(path)
        } catch where error.isMissing && path.count > root.count {
            let parent = Path.parent(of: path)
            if parent.count <= root.count { throw error }
            try create(parent, below: root)
            try make(path)
        }
    }

    private static func make(_ path: String) throws(FileError) {
        do {
            try system(.createDirectory, path) { mkdir(path, 0o755) }
        } catch where error.code == EEXIST {
            guard Path.isDirectory(path) else { throw FileError(.createDirectory, path: path, code: ENOTDIR) }
            return
        }
        try synchronize(Path.parent(of: path))
    }

    /// Makes entries that were created, renamed or removed in the directory survive a loss of power.
    public static func synchronize(_ path: String) throws(FileError) {
        try File(path, flags: O_RDONLY | O_DIRECTORY).synchronize()
    }

    /// The names of all that is in the directory, in no order.
    public static func names(in path: String) throws(FileError) -> [String] {
        guard let stream = opendir(path) else { throw FileError(.list, path: path, code: errno) }
        defer { closedir(stream) }
        return try entries(of: stream, path: path).map(name)
    }

    /// The paths, relative to the directory, of all that is below it and is no directory; links are not followed.
    public static func files(below path: String) throws(FileError) -> [String] {
        var files: [String] = []
        for name in try names(in: path) {
            if try FileStatus(Path.join(path, name), followingLinks: false)?.isDirectory == true {
                files += try self.files(below: Path.join(path, name)).map { "\(name)/\($0)" }
            } else {
                files.append(name)
            }
        }
        return files
    }

    /// Bytes of all files below the directory, as they are allocated on disk: files with holes count what they hold. What
    /// goes away meanwhile, or cannot be looked at, counts nothing.
    ///
    /// - Complexity: O(files).
    public static func allocatedBytes(_ path: String) -> Int {
        ((try? names(in: path)) ?? []).reduce(0) { sum, name in
            let place = Path.join(path, name)
            guard let status = try? FileStatus(place, followingLinks: false) else { return sum }
            return sum + (status.isDirectory ? allocatedBytes(place) : status.isFile ? status.allocatedBytes : 0)
        }
    }

    /// The bytes that an ordinary user may still write to the file system of `path`; nil where the system does not say.
    public static func freeBytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isTooLarge) = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isTooLarge ? .max : Int(clamping: bytes)
    }

    /// The size of the file system of `path`, in bytes; nil where the system does not say.
    public static func totalBytes(at path: String) -> Int? {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return nil }
        let (bytes, isTooLarge) = UInt64(status.f_blocks).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return isTooLarge ? .max : Int(clamping: bytes)
    }

    /// Removes the directory if nothing is in it.
    ///
    /// - Returns: Whether it was removed.
    @discardableResult
    public static func removeIfEmpty(_ path: String) -> Bool { rmdir(path) == 0 }
}
