import Testing

@testable import VectorKernels

@Suite struct CRC32CTests {
    /// RFC 3720, appendix B.4, and the check value of the CRC catalogue.
    @Test(arguments: [
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
        ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0..<32), 0x46dd_794e),
        (Array("123456789".utf8), 0xe306_9283),
        ([], 0),
    ] as [([UInt8], UInt32)])
    func knownAnswers(bytes: [UInt8], expected: UInt32) {
        #expect(bytes.withUnsafeBytes { CRC32C.checksum($0) } == expected)
        #expect(bytes.withUnsafeBytes { CRC32C.portableChecksum($0) } == expected)
    }

    @Test func hardwareEqualsTable() {
        let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        for count in 0...bytes.count {
            bytes[..<count].withUnsafeBytes { raw in
                #expect(CRC32C.checksum(raw) == CRC32C.portableChecksum(raw))
            }
        }
    }

    @Test func piecesEqualTheWhole() {
        let bytes = (0..<100).map { UInt8($0) }
        var pieces = CRC32C()
        for start in stride(from: 0, to: 100, by: 7) {
            bytes[start..<min(start + 7, 100)].withUnsafeBytes { pieces.update($0) }
        }
        #expect(pieces.value == bytes.withUnsafeBytes { CRC32C.checksum($0) })
    }
}
