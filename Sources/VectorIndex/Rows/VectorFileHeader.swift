internal import VectorKernels

/// The first page of the raw vectors' file: what the rows are. 32-bit words, a checksum last.
///
/// Version 1, which knew floats only, is still read; files are written in version 2.
struct VectorFileHeader: Equatable {
    /// Rows begin here, page-aligned.
    static let size = 4096
    static let version: UInt32 = 2
    private static let firstVersion: UInt32 = 1
    private static let magic: [UInt32] = [0x6365_7643, 0x3233_6673]  // "Cvecsf32"

    let dimensions: Int
    let metric: Metric
    let elementType: ElementType
    let rowBytes: Int

    init(_ configuration: VectorIndexConfiguration) {
        dimensions = configuration.dimensions
        metric = configuration.metric
        elementType = configuration.elementType
        // Components, magnitude and checksum.
        let bytes = configuration.componentCount * elementType.componentBytes + 8
        rowBytes = (bytes + elementType.rowAlignment - 1) / elementType.rowAlignment * elementType.rowAlignment
    }

    func encoded(version: UInt32 = version) -> [UInt32] {
        var words = Self.magic + [version, UInt32(dimensions), metric.code, UInt32(rowBytes)]
        if version != Self.firstVersion { words.append(elementType.code) }
        return words + [words.withUnsafeBytes { CRC32C.checksum($0) }]
    }

    /// Checks that a file's first bytes are this header.
    func verify(_ bytes: UnsafeRawBufferPointer, path: String) throws(VectorIndexError) {
        guard bytes.count >= Self.size else { throw .damagedFile(path: path, .truncated) }
        func word(_ index: Int) -> UInt32 { bytes.load(fromByteOffset: 4 * index, as: UInt32.self) }
        guard [word(0), word(1)] == Self.magic else { throw .damagedFile(path: path, .wrongMagic) }
        let version = word(2)
        // A version that is damaged reads as one that is newer, or as a checksum that does not hold.
        guard version == Self.version || version == Self.firstVersion else {
            throw .unsupportedVersion(path: path, version: version)
        }
        let expected = encoded(version: version)
        let found = expected.indices.map(word)
        let checksum = found.dropLast().withContiguousStorageIfAvailable { CRC32C.checksum(UnsafeRawBufferPointer($0)) }
        guard checksum == found.last else { throw .damagedFile(path: path, .checksumMismatch) }
        guard found == expected, version == Self.version || elementType == .float else {
            throw .configurationMismatch(path: path)
        }
    }
}
