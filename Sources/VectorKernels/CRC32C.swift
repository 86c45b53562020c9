internal import CVectorKernels

/// CRC-32C (Castagnoli; RFC 3720, appendix B.4), by the CPU's own instruction where it has one.
public struct CRC32C: Sendable {
    /// The checksum of all bytes given so far.
    public private(set) var value: UInt32 = 0

    public init() {}

    /// Takes more bytes. Complexity: O(*n*), several bytes a cycle where the processor has an instruction for it.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        value = cvk_crc32c(value, bytes.baseAddress, bytes.count)
    }

    /// The checksum of these bytes alone.
    public static func checksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        cvk_crc32c(0, bytes.baseAddress, bytes.count)
    }

    /// The checksum without the CPU's instruction: the reference for tests.
    static func portableChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        cvk_crc32c_portable(0, bytes.baseAddress, bytes.count)
    }
}
