import Testing
import TestSupport

@testable import VectorIndex
@testable import VectorKernels

@Suite struct ManifestTests {
    let directory = TemporaryDirectory()
    var path: String { directory.path + "/" + Manifest.fileName }

    private func manifest(_ next: UInt32, _ parts: [UInt32]) -> Manifest {
        var manifest = Manifest()
        manifest.next = next
        manifest.parts = parts
        return manifest
    }

    @Test(arguments: [[], [1], [3, 1, 7]] as [[UInt32]])
    func isReadAsItWasWritten(parts: [UInt32]) throws {
        #expect(try Manifest(directory: directory.path) == Manifest())
        try manifest(8, parts).replace(in: directory.path)
        #expect(try Manifest(directory: directory.path) == manifest(8, parts))
        // Another takes its place.
        try manifest(9, [8]).replace(in: directory.path)
        #expect(try Manifest(directory: directory.path) == manifest(9, [8]))
    }

    @Test func everyFlippedBitAndTruncationIsFound() throws {
        try manifest(4, [1, 3]).replace(in: directory.path)
        let bytes = try contents(of: path)
        #expect(bytes.count == 32)
        for bit in 0..<bytes.count * 8 {
            try flipBit(bit, of: path)
            #expect(throws: VectorIndexError.damagedFile(path: path, bit < 64 ? .wrongMagic : .checksumMismatch)) {
                try Manifest(directory: directory.path)
            }
            try flipBit(bit, of: path)
        }
        for count in 0..<bytes.count {
            try VectorIndexTests.write(bytes[..<count], to: path)
            #expect(thrownCase { try Manifest(directory: directory.path) } == "damagedFile")
        }
        try VectorIndexTests.write(bytes + [0, 0, 0, 0], to: path)
        #expect(thrownCase { try Manifest(directory: directory.path) } == "damagedFile")
    }

    private func write(words: [UInt32]) throws {
        let all = words + [words.withUnsafeBytes { CRC32C.checksum($0) }]
        try VectorIndexTests.write(all.withUnsafeBytes { Array($0) }, to: path)
    }

    /// A checksum is no defence against a file that was made wrong.
    @Test func contradictionsUnderAValidChecksum() throws {
        let magic: [UInt32] = [0x616d_7643, 0x3174_696e]
        try write(words: magic + [1, 4, 2, 1, 3])
        #expect(try Manifest(directory: directory.path) == manifest(4, [1, 3]))
        // Named twice; a number to come; too many, and too few.
        for words in [[4, 2, 1, 1], [3, 2, 1, 3], [4, 3, 1, 3], [4, 1, 1, 3], [4, .max, 1]] as [[UInt32]] {
            try write(words: magic + [1] + words)
            #expect(throws: VectorIndexError.damagedFile(path: path, .inconsistent)) {
                try Manifest(directory: directory.path)
            }
        }
        try write(words: magic + [2, 4, 0])
        #expect(throws: VectorIndexError.unsupportedVersion(path: path, version: 2)) {
            try Manifest(directory: directory.path)
        }
    }
}
