internal import Glibc

/// What the system knows of a file, a directory, or whatever else has a path.
struct FileStatus {
    struct Identity: Equatable {
        let device: UInt
        let number: UInt
    }

    private let status: stat

    init(_ status: stat) { self.status = status }

    /// - Returns: Nil if there is nothing.
    init?(_ path: String, followingLinks: Bool) throws(FileError) {
        var status = stat()
        do {
            try system(.inspect, path) { followingLinks ? stat(path, &status) : lstat(path, &status) }
        } catch where error.isMissing {
            return nil
        }
        self.status = status
    }

    var isFile: Bool { status.st_mode & S_IFMT == S_IFREG }
    var isDirectory: Bool { status.st_mode & S_IFMT == S_IFDIR }
    var size: Int { Int(status.st_size) }
    /// Seconds since 1970.
    var modificationTime: Double { Double(status.st_mtim.tv_sec) + Double(status.st_mtim.tv_nsec) / 1e9 }
    /// What it takes on disk: files with holes count what they hold.
    var allocatedBytes: Int { Int(status.st_blocks) * 512 }
    /// When the content last changed, since 1970; wraps where that is centuries away.
    var modifiedNanoseconds: Int64 { Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec) }
    /// The same for all names of one file.
    var identity: Identity { Identity(device: UInt(status.st_dev), number: UInt(status.st_ino)) }
}
