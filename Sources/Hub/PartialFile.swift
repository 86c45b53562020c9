internal import Files

/// A file on its way: what has come of it is on disk, and hashed.
struct PartialFile: ~Copyable {
    let file: HubFile
    private let content: File
    private var digest: DigestComputation
    /// The bytes that are there, from the first on.
    private(set) var received: Int

    /// Opens the file at `path`, or makes it, and goes on behind what it holds.
    ///
    /// - Complexity: O(what it holds).
    /// - Throws: `HubError.file`.
    init(_ file: HubFile, path: String) throws(HubError) {
        let content = try HubError.wrapping(File(path, .update, followingLinks: false))
        var digest = DigestComputation(like: file.digest, size: file.size)
        var received = try digest.update(contentsOf: content)
        if received > file.size {
            try HubError.wrapping(content.resize(to: 0))
            (digest, received) = (DigestComputation(like: file.digest, size: file.size), 0)
        }
        self.file = file
        self.content = content
        self.digest = digest
        self.received = received
    }

    /// - Throws: `HubError.file`; `.lengthMismatch` if there is more than there should be.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(HubError) {
        guard bytes.count <= file.size - received else {
            throw .lengthMismatch(path: file.path, expected: file.size, found: received + bytes.count)
        }
        try HubError.wrapping(content.write(bytes, at: received))
        digest.update(bytes)
        received += bytes.count
    }

    /// Forgets what has come.
    ///
    /// - Throws: `HubError.file`.
    mutating func restart() throws(HubError) {
        try HubError.wrapping(content.resize(to: 0))
        digest = DigestComputation(like: file.digest, size: file.size)
        received = 0
    }

    /// Whether all has come, unharmed.
    var isWhole: Bool { received == file.size && foundDigest == file.digest }

    /// The digest of what has come.
    var foundDigest: FileDigest { digest.finish() }

    /// Waits until the file has reached the disk.
    ///
    /// - Throws: `HubError.file`.
    func sync() throws(HubError) {
        try HubError.wrapping(content.synchronize())
    }
}
