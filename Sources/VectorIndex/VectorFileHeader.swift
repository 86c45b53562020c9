internal import VectorKernels

/// The first page of the raw vectors' file: what the rows are. 32-bit words, a checksum last.
struct VectorFileHeader: Equatable {
    /// Rows begin here, page-aligned.
    static let size = 4096
    static let version: UInt32 = 1
    private static let magic: [UInt32] = [0x6365_7643, 0x3233_6673]  // "Cvecsf32"
    private static let wordCount = 7

    let dimensions: Int
    let metric: Metric
    let rowBytes: Int

    init(_ configuration: VectorIndexConfiguration) {
        dimensions = configuration.dimensions
        metric = configuration.metric
        // Components, magnitude and checksum; a cache line's multiple.
        rowBytes = (configuration.dimensions * 4 + 8 + 63) / 64 * 64
    }

    private var words: [UInt32] {
        Self.magic + [Self.version, UInt32(dimensions), metric.code, UInt32(rowBytes)]
    }

    func encoded() -> [UInt32] {
        let words = words
        return words + [words.withUnsafeBytes { CRC32C.checksum($0) }]
    }

    /// Checks that a file's first bytes are this header.
    func verify(_ bytes: UnsafeRawBufferPointer, path: String) throws(VectorIndexError) {
        guard bytes.count >= Self.size else { throw .damagedFile(path: path, .truncated) }
        let found = (0..<Self.wordCount).map { bytes.load(fromByteOffset: 4 * $0, as: UInt32.self) }
        guard Array(found.prefix(2)) == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        let checksum = found.dropLast().withContiguousStorageIfAvailable { CRC32C.checksum(UnsafeRawBufferPointer($0)) }
        guard checksum == found.last else { throw .damagedFile(path: path, .checksumMismatch) }
        guard found[2] == Self.version else { throw .unsupportedVersion(path: path, version: found[2]) }
        guard found == encoded() else { throw .configurationMismatch(path: path) }
    }
}
