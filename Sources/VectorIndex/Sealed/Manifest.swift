internal import Files
internal import VectorKernels

/// Which sealed parts an index has: what is not named here is left from something that did not finish.
///
/// Words of 32 bits, little-endian: magic, version, the number that the next part gets, how many there are, their numbers,
/// and the CRC-32C of all before.
struct Manifest: Equatable {
    static let fileName = "MANIFEST"
    static let version: UInt32 = 1
    private static let magic: [UInt32] = [0x616d_7643, 0x3174_696e]  // "Cvmanit1"
    private static let fixedWords = 5

    var next: UInt32 = 1
    var parts: [UInt32] = []

    static func partName(_ number: UInt32) -> String { "part-\(number)" + SealedFile.suffix }

    init() {}

    /// Reads the manifest of a directory; an index without one has no sealed parts.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion`, `file`.
    init(directory: String) throws(VectorIndexError) {
        let path = directory + "/" + Self.fileName
        guard try VectorIndexError.wrapping(Path.exists(path)) else { return }
        let bytes = try VectorIndexError.wrapping(File.contents(of: path))
        guard bytes.count >= Self.fixedWords * 4, bytes.count % 4 == 0 else { throw .damagedFile(path: path, .truncated) }
        let words = bytes.withUnsafeBytes { raw in
            (0..<(raw.count / 4)).map { raw.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self) }
        }
        guard Array(words[..<2]) == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        guard words.last == Self.checksum(Array(words.dropLast())) else {
            throw .damagedFile(path: path, .checksumMismatch)
        }
        guard words[2] == Self.version else { throw .unsupportedVersion(path: path, version: words[2]) }
        guard words.count == Self.fixedWords + 1 + Int(words[4]) else {
            throw .damagedFile(path: path, .inconsistent)
        }
        next = words[3]
        parts = Array(words[5..<(5 + Int(words[4]))])
        // The next part must not take the place of one that is there.
        guard Set(parts).count == parts.count, parts.allSatisfy({ $0 < next }) else {
            throw .damagedFile(path: path, .inconsistent)
        }
    }

    /// Replaces the directory's manifest; it survives a loss of power from then on.
    func replace(in directory: String) throws(VectorIndexError) {
        let words = Self.magic + [Self.version, next, UInt32(parts.count)] + parts
        let path = directory + "/" + Self.fileName, all = words + [Self.checksum(words)]
        try VectorIndexError.wrapping { () throws(FileError) in
            let file = try File(path + ".new", .replace)
            try file.write(all, at: 0)
            try file.synchronizeData()
            try Path.move(path + ".new", to: path)
        }
    }

    private static func checksum(_ words: [UInt32]) -> UInt32 { words.withUnsafeBytes { CRC32C.checksum($0) } }
}
