internal import Files
internal import VectorKernels

/// Which segments an index has on disk, and up to which ordinal they cover what was written. Replaced whole.
///
/// Words of 64 bits, little-endian: magic, version, the first ordinal that is not covered, the number that the next segment
/// gets, how many there are; of each its number, first ordinal and end; the CRC-32C of all before.
public struct SegmentManifest: Equatable, Sendable {
    static let fileName = "MANIFEST"
    private static let version: UInt64 = 1
    private static let magic: UInt64 = 0x3164_6d69_6653_4343  // "CCSfimd1"

    /// A segment, by the number in its file's name.
    public struct Entry: Equatable, Sendable {
        public var number: UInt64
        /// The ordinals that it has rows of.
        public var ordinals: Range<UInt32>
    }

    /// Ordinals from here on are not covered.
    public var end: UInt32 = 0
    public var next: UInt64 = 1
    public var segments: [Entry] = []

    public init() {}

    /// Reads the manifest of a directory; without one, nothing is covered.
    ///
    /// - Throws: `damagedFile`, `unsupportedVersion`, `file`.
    public init(directory: String) throws(FieldIndexError) {
        let path = Path.join(directory, Self.fileName)
        guard try FieldIndexError.wrapping(Path.exists(path)) else { return }
        let bytes = try FieldIndexError.wrapping(File.contents(of: path))
        guard bytes.count >= 48, bytes.count % 8 == 0 else { throw .damagedFile(path: path, .truncated) }
        let words = bytes.withUnsafeBytes { raw in
            (0..<(raw.count / 8)).map { UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self)) }
        }
        guard words[0] == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        guard words[words.count - 1] == Self.checksum(words.dropLast()) else { throw .damagedFile(path: path, .checksumMismatch) }
        guard words[1] == Self.version else { throw .unsupportedVersion(path: path, version: words[1]) }
        guard let end = UInt32(exactly: words[2]), UInt64(words.count - 6) == words[4].multipliedReportingOverflow(by: 3).partialValue
        else { throw .damagedFile(path: path, .inconsistent) }
        self.end = end
        next = words[3]
        for index in 0..<((words.count - 6) / 3) {
            let entry = words[(5 + 3 * index)..<(8 + 3 * index)].map { $0 }
            guard let first = UInt32(exactly: entry[1]), let last = UInt32(exactly: entry[2]), first <= last, entry[0] < next,
                segments.last.map({ $0.ordinals.upperBound <= first }) ?? true
            else { throw .damagedFile(path: path, .inconsistent) }
            segments.append(Entry(number: entry[0], ordinals: first..<last))
        }
    }

    /// Replaces the directory's manifest; it survives a loss of power from then on.
    func replace(in directory: String) throws(FieldIndexError) {
        var words = [Self.magic, Self.version, UInt64(end), next, UInt64(segments.count)]
        for segment in segments {
            words += [segment.number, UInt64(segment.ordinals.lowerBound), UInt64(segment.ordinals.upperBound)]
        }
        words.append(Self.checksum(words[...]))
        let bytes = words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
        try FieldIndexError.wrapping(File.replace(Path.join(directory, Self.fileName), with: bytes))
    }

    private static func checksum(_ words: ArraySlice<UInt64>) -> UInt64 {
        UInt64(Array(words).withUnsafeBytes { CRC32C.checksum($0) })
    }
}
