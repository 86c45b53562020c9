internal import Glibc

/// A file on its way: what has come of it is on disk, and hashed.
struct PartialFile: ~Copyable {
    let file: HubFile
    private let path: String
    private let descriptor: Int32
    private var digest: DigestComputation
    /// The bytes that are there, from the first on.
    private(set) var received = 0

    /// Opens the file at `path`, or makes it, and goes on behind what it holds.
    ///
    /// - Complexity: O(what it holds).
    /// - Throws: `HubError.fileSystem`.
    init(_ file: HubFile, path: String) throws(HubError) {
        self.file = file
        self.path = path
        digest = DigestComputation(like: file.digest, size: file.size)
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw .fileSystem(path: path, code: errno) }
        received = try digest.update(contentsOf: descriptor, at: path)
        if received > file.size { try restart() }
    }

    deinit { _ = close(descriptor) }

    /// - Throws: `HubError.fileSystem`; `.lengthMismatch` if there is more than there should be.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(HubError) {
        guard bytes.count <= file.size - received else {
            throw .lengthMismatch(path: file.path, expected: file.size, found: received + bytes.count)
        }
        var rest = bytes
        while !rest.isEmpty {
            let count = write(descriptor, rest.baseAddress, rest.count)
            guard count >= 0 else { throw .fileSystem(path: path, code: errno) }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
        digest.update(bytes)
        received += bytes.count
    }

    /// Forgets what has come.
    ///
    /// - Throws: `HubError.fileSystem`.
    mutating func restart() throws(HubError) {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else {
            throw .fileSystem(path: path, code: errno)
        }
        digest = DigestComputation(like: file.digest, size: file.size)
        received = 0
    }

    /// Whether all has come, unharmed.
    var isWhole: Bool { received == file.size && foundDigest == file.digest }

    /// The digest of what has come.
    var foundDigest: FileDigest { digest.finish() }

    /// Waits until the file has reached the disk.
    ///
    /// - Throws: `HubError.fileSystem`.
    func sync() throws(HubError) {
        guard fsync(descriptor) == 0 else { throw .fileSystem(path: path, code: errno) }
    }
}
