import Files
import Glibc
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex
@testable import VectorKernels

/// Inverts one bit of a file, counted from the start.
func flipBit(_ bit: Int, of path: String) throws {
    var bytes = try contents(of: path)
    bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    try write(bytes, to: path)
}

func contents(of path: String) throws -> [UInt8] { try File.contents(of: path) }

func write(_ bytes: some Collection<UInt8>, to path: String) throws { try File(path, .replace).write(Array(bytes), at: 0) }

@Suite struct GraphFileTests {
    let directory = TemporaryDirectory()
    let index: VectorIndex
    let path: String

    init() throws {
        var generator = SeededGenerator(seed: 1)
        let vectors = generator.vectors(60, 3) + Array(repeating: [1, 1, 1], count: 5)
        index = try VectorIndex.holding(vectors, in: directory, kind: .hnsw(m: 4, efConstruction: 20))
        try index.checkpoint()
        path = VectorIndex.graphPath(in: directory.path)
    }

    func reopen() throws -> VectorIndex {
        try VectorIndex(directory: directory.path, configuration: index.configuration)
    }

    @Test func everyFlippedBitIsFound() throws {
        let bytes = try contents(of: path)
        for bit in stride(from: 0, to: bytes.count * 8, by: 5) {
            try flipBit(bit, of: path)
            #expect(thrownCase { try reopen() } == "damagedFile")
            try flipBit(bit, of: path)
        }
        #expect(try reopen().statistics.count == 65)
    }

    @Test func everyTruncationIsFound() throws {
        let bytes = try contents(of: path)
        for count in stride(from: 0, to: bytes.count, by: 7) {
            try write(bytes[..<count], to: path)
            #expect(thrownCase { try reopen() } == "damagedFile")
        }
        try write(bytes + [0, 0, 0, 0], to: path)
        #expect(thrownCase { try reopen() } == "damagedFile")
    }

    /// A checksum is no defence against a file that was made wrong: links must still lead to nodes that exist.
    @Test func contradictionsUnderAValidChecksum() throws {
        let bytes = try contents(of: path)
        var generator = SeededGenerator(seed: 2)
        var refused = 0
        for word in 3..<(bytes.count / 4 - 1) {
            var damaged = bytes
            let value = UInt32.random(in: 0...UInt32.max, using: &generator)
            damaged.replaceSubrange(word * 4..<word * 4 + 4, with: withUnsafeBytes(of: value.littleEndian, Array.init))
            let checksum = damaged.dropLast(4).withUnsafeBytes { CRC32C.checksum($0) }
            damaged.replaceSubrange((bytes.count - 4)..., with: withUnsafeBytes(of: checksum.littleEndian, Array.init))
            try write(damaged, to: path)
            do {
                // Whatever opens must be safe to search.
                _ = try reopen().search([1, 0, 0], k: 65, candidates: 65, accepting: OrdinalSet(0..<65))
            } catch is VectorIndexError {
                refused += 1
            }
        }
        #expect(refused > bytes.count / 4 / 2)
    }

    @Test func otherVersionsAndFilesAreNamed() throws {
        var bytes = try contents(of: path)
        bytes[8] = 2
        try write(bytes, to: path)
        // A version that the checksum does not confirm is damage, not a version.
        #expect(throws: VectorIndexError.damagedFile(path: path, .checksumMismatch)) { try reopen() }
        let checksum = bytes.dropLast(4).withUnsafeBytes { CRC32C.checksum($0) }
        bytes.replaceSubrange((bytes.count - 4)..., with: withUnsafeBytes(of: checksum.littleEndian, Array.init))
        try write(bytes, to: path)
        #expect(throws: VectorIndexError.unsupportedVersion(path: path, version: 2)) { try reopen() }
        try write([UInt8](repeating: 7, count: 400), to: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .wrongMagic)) { try reopen() }
    }

    @Test func anUnfinishedCheckpointIsIgnored() throws {
        try write([1, 2, 3], to: path + ".new")
        #expect(try reopen().members == OrdinalSet(0..<65))
        try index.remove([64])
        try index.checkpoint()
        #expect(try reopen().members == OrdinalSet(0..<64))
        #expect(access(path + ".new", F_OK) != 0)
    }
}
