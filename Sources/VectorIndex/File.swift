internal import Glibc

/// An open file. All calls name it in the errors they throw.
final class File: Sendable {
    enum Mode { case readOnly, readWrite, replace }

    let path: String
    let descriptor: Int32

    init(_ path: String, _ mode: Mode) throws(VectorIndexError) {
        let flags = switch mode {
        case .readOnly: O_RDONLY
        case .readWrite: O_RDWR | O_CREAT
        case .replace: O_RDWR | O_CREAT | O_TRUNC
        }
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw .fileOperation(.open, path: path, errno: errno) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    var size: Int {
        get throws(VectorIndexError) {
            var status = stat()
            guard fstat(descriptor, &status) == 0 else { throw .fileOperation(.read, path: path, errno: errno) }
            return Int(status.st_size)
        }
    }

    func resize(to size: Int) throws(VectorIndexError) {
        guard ftruncate(descriptor, size) == 0 else { throw .fileOperation(.resize, path: path, errno: errno) }
    }

    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(VectorIndexError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw .fileOperation(.write, path: path, errno: errno) }
            done += written
        }
    }

    func write(_ words: [UInt32], at offset: Int) throws(VectorIndexError) {
        // The closure of withUnsafeBytes cannot throw a typed error through.
        let result = words.withUnsafeBytes { bytes in
            Result { () throws(VectorIndexError) in try write(bytes, at: offset) }
        }
        try result.get()
    }

    func synchronizeData() throws(VectorIndexError) {
        guard fdatasync(descriptor) == 0 else { throw .fileOperation(.synchronize, path: path, errno: errno) }
    }

    /// Maps the first `count` bytes for reading. The mapping shows what is written later.
    func map(count: Int) throws(VectorIndexError) -> UnsafeRawBufferPointer {
        guard let base = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0), base != MAP_FAILED else {
            throw .fileOperation(.map, path: path, errno: errno)
        }
        return UnsafeRawBufferPointer(start: base, count: count)
    }

    static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

    static func unmap(_ mapping: UnsafeRawBufferPointer) {
        munmap(UnsafeMutableRawPointer(mutating: mapping.baseAddress), mapping.count)
    }

    static func remove(_ path: String) throws(VectorIndexError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw .fileOperation(.remove, path: path, errno: errno) }
    }

    /// Makes `path` name what `temporary` named, and returns when that would survive a loss of power.
    static func replace(_ path: String, with temporary: String, in directory: String) throws(VectorIndexError) {
        guard rename(temporary, path) == 0 else { throw .fileOperation(.rename, path: path, errno: errno) }
        try synchronizeDirectory(directory)
    }

    static func synchronizeDirectory(_ path: String) throws(VectorIndexError) {
        let directory = try File(path, .readOnly)
        guard fsync(directory.descriptor) == 0 else { throw .fileOperation(.synchronize, path: path, errno: errno) }
    }

    /// Creates a directory and those above it, where they are missing; they survive a loss of power.
    static func createDirectory(_ path: String) throws(VectorIndexError) {
        var parent = path.hasPrefix("/") ? "/" : "./"
        for component in path.split(separator: "/") {
            let partial = parent + component + "/"
            if mkdir(partial, 0o755) == 0 {
                try synchronizeDirectory(parent)
            } else if errno != EEXIST {
                throw .fileOperation(.createDirectory, path: partial, errno: errno)
            }
            parent = partial
        }
    }
}
