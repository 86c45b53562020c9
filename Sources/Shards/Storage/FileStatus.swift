internal import Glibc

/// What the file system says of a file.
enum FileStatus {
    /// Bytes that a regular file takes on disk; 0 if it is none.
    static func allocatedBytes(_ path: String) -> Int {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return 0 }
        return Int(status.st_blocks) * 512
    }
}
