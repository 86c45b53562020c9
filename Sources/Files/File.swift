internal import Glibc

/// An open file. It stays open for as long as something refers to it, and all errors name it.
public final class File: Sendable {
    /// What a file is opened for.
    public enum Mode: Sendable {
        case read
        /// For reading and writing; it is made where needed.
        case update
        /// As `update`, and empty.
        case replace
    }

    public let path: String
    let descriptor: Int32

    /// - Parameter followingLinks: Whether a symbolic link at `path` is followed; else it is an error.
    public convenience init(_ path: String, _ mode: Mode, followingLinks: Bool = true) throws(FileError) {
        let flags = switch mode {
        case .read: O_RDONLY
        case .update: O_RDWR | O_CREAT
        case .replace: O_RDWR | O_CREAT | O_TRUNC
        }
        try self.init(path, flags: followingLinks ? flags : flags | O_NOFOLLOW)
    }

    /// - Parameter flags: Of `open(2)`; closing on `exec` is added.
    init(_ path: String, flags: Int32) throws(FileError) {
        self.path = path
        descriptor = try system(.open, path) { open(path, flags | O_CLOEXEC, 0o644) }
    }

    deinit { close(descriptor) }

    /// In bytes.
    public var size: Int {
        get throws(FileError) { try status.size }
    }

    /// Whether it is a file with content, and no directory, pipe or device.
    public var isRegular: Bool {
        get throws(FileError) { try status.isFile }
    }

    var status: FileStatus {
        get throws(FileError) {
            var status = stat()
            try system(.inspect, path) { fstat(descriptor, &status) }
            return FileStatus(status)
        }
    }

    /// Reads from `offset` on, at most until `buffer` is full.
    ///
    /// - Returns: The number of bytes read: 0 at the end only.
    public func read(into buffer: inout [UInt8], at offset: Int) throws(FileError) -> Int {
        try system(.read, path) {
            buffer.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
        }
    }

    /// Writes all `bytes` from `offset` on.
    public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileError) {
        var done = 0
        while done < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
            let written = try system(.write, path) {
                pwrite(descriptor, rest.baseAddress, rest.count, off_t(offset + done))
            }
            guard written > 0 else { throw FileError(.write, path: path, code: EIO) }
            done += written
        }
    }

    /// Writes all `elements`, as they lie in memory, from `offset` on.
    public func write<Element: BitwiseCopyable>(_ elements: [Element], at offset: Int) throws(FileError) {
        try elements.withUnsafeBufferPointer { buffer throws(FileError) in
            try write(UnsafeRawBufferPointer(buffer), at: offset)
        }
    }

    /// Cuts the file off, or adds a hole.
    public func resize(to size: Int) throws(FileError) {
        try system(.resize, path) { ftruncate(descriptor, off_t(size)) }
    }

    /// Waits until the file has reached the disk.
    public func synchronize() throws(FileError) {
        try system(.synchronize, path) { fsync(descriptor) }
    }

    /// Waits until the content has reached the disk, and what is needed to read it again: times may be lost.
    public func synchronizeData() throws(FileError) {
        try system(.synchronize, path) { fdatasync(descriptor) }
    }
}
