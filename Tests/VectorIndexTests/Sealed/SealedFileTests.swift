import CVectorKernels
import Ordinals
import TestSupport
import Testing

@testable import VectorIndex
@testable import VectorKernels

@Suite struct SealedFileTests {
    let directory = TemporaryDirectory()
    let index: VectorIndex
    let path: String
    let bytes: [UInt8]

    init() throws {
        var generator = SeededGenerator(seed: 1)
        let some = generator.vectors(60, 12)
        index = try VectorIndex.sealed(
            some + some[10..<15], VectorIndexConfiguration(dimensions: 12, metric: .euclidean, kind: .hnsw(m: 4)), in: directory)
        path = directory.path + "/" + Manifest.partName(1)
        bytes = try contents(of: path)
    }

    private func read(_ configuration: VectorIndexConfiguration? = nil) throws -> SealedPart {
        try SealedFile(path: path, configuration: configuration ?? index.configuration).read(1)
    }

    /// Where a section begins in the file.
    private func start(_ section: SealedContent.Section) throws -> Int {
        SealedFile.headerBytes + (try index.onlyPart.content.facts.range(of: section).lowerBound)
    }

    /// The file with changes that its checksums know of.
    private func write(changing change: (UnsafeMutableRawBufferPointer) -> Void) throws {
        var changed = bytes
        changed.withUnsafeMutableBytes { bytes in
            change(bytes)
            func checksum(_ range: Range<Int>) -> UInt32 {
                CRC32C.checksum(UnsafeRawBufferPointer(rebasing: bytes[range]))
            }
            bytes.storeBytes(of: checksum(SealedFile.headerBytes..<bytes.count), toByteOffset: 56, as: UInt32.self)
            bytes.storeBytes(of: checksum(0..<60), toByteOffset: 60, as: UInt32.self)
        }
        try VectorIndexTests.write(changed, to: path)
    }

    private func write(_ value: UInt32, at offset: Int) throws {
        try write { $0.storeBytes(of: value, toByteOffset: offset, as: UInt32.self) }
    }

    @Test func isReadAsItWasWritten() throws {
        let part = try read(), original = try index.onlyPart
        #expect(part.content.facts == original.content.facts && part.members == original.members)
        #expect(part.content.bytes.elementsEqual(original.content.bytes))
        #expect(part.number == 1 && part.count == 65)
        let query = part.turned([Float](repeating: 0.5, count: 12))
        #expect(query == original.turned([Float](repeating: 0.5, count: 12)))
    }

    @Test func everyFlippedBitIsFound() throws {
        let sections = SealedFile.headerBytes * 8..<bytes.count * 8
        for bit in Array(0..<64 * 8) + Array(stride(from: sections.lowerBound, to: sections.upperBound, by: 1009)) {
            try flipBit(bit, of: path)
            #expect(throws: VectorIndexError.damagedFile(path: path, bit < 64 ? .wrongMagic : .checksumMismatch)) { try read() }
            try flipBit(bit, of: path)
        }
        // Nothing reads the rest of the header's page.
        try flipBit(8 * 100, of: path)
        #expect(try read().count == 65)
    }

    @Test func everyTruncationIsFound() throws {
        for count in Array(stride(from: 0, to: bytes.count, by: 997)) + [bytes.count - 1] {
            try VectorIndexTests.write(bytes[..<count], to: path)
            #expect(throws: VectorIndexError.damagedFile(path: path, .truncated)) { try read() }
        }
        try VectorIndexTests.write(bytes + [0], to: path)
        #expect(throws: VectorIndexError.damagedFile(path: path, .truncated)) { try read() }
    }

    @Test func otherVersionsAndConfigurationsAreNamed() throws {
        for other in [
            try VectorIndexConfiguration(dimensions: 13, metric: .euclidean),
            try VectorIndexConfiguration(dimensions: 12, metric: .cosine),
        ] {
            #expect(throws: VectorIndexError.configurationMismatch(path: path)) { try read(other) }
        }
        // What the part keeps of each vector is its own affair.
        #expect(try read(VectorIndexConfiguration(dimensions: 12, metric: .euclidean, quantization: .bit)).count == 65)
        try write(2, at: 8)
        #expect(throws: VectorIndexError.unsupportedVersion(path: path, version: 2)) { try read() }
        try write { $0.storeBytes(of: 7, toByteOffset: 0, as: UInt32.self) }
        #expect(throws: VectorIndexError.damagedFile(path: path, .wrongMagic)) { try read() }
    }

    /// Sizes that no file can have, or that would not fit memory, are refused before anything is reserved.
    @Test(arguments: [(4, .max), (4, 1 << 17), (6, .max), (7, .max), (8, .max), (8, 61), (6, 0), (5, 2)] as [(Int, UInt32)])
    func sizesMustAgree(word: Int, value: UInt32) throws {
        try write(value, at: 4 * word)
        #expect(thrownCase { try read() } == "damagedFile")
    }

    @Test(arguments: [11, 12])
    func deviationsAreNumbers(word: Int) throws {
        for value in [Float.nan, -1] {
            try write(value.bitPattern, at: 4 * word)
            #expect(throws: VectorIndexError.damagedFile(path: path, .inconsistent)) { try read() }
        }
    }

    @Test func contradictionsUnderAValidChecksum() throws {
        let ordinals = try start(.ordinals), duplicates = try start(.duplicates), entries = try start(.entries)
        for (offset, value) in [
            // Not ascending; twice the same; a node that is not there; one that knows of no duplicate; a duplicate that is
            // a node; one beyond all; entries that are not there.
            (ordinals + 4, 0), (ordinals, 1), (duplicates, 60), (duplicates, 9), (duplicates + 4, 3),
            (duplicates + 4, CVK_MAXIMUM_NODES), (entries, 60), (entries + 4, .max),
        ] as [(Int, UInt32)] {
            try write(value, at: offset)
            #expect(throws: VectorIndexError.damagedFile(path: path, .inconsistent), "\(offset) \(value)") { try read() }
        }
    }

    /// Whatever a checksum confirms must be safe to search, and gives ordinals of the part.
    @Test func wildLinksAndCodesAreSafe() throws {
        var generator = SeededGenerator(seed: 3)
        let facts = try index.onlyPart.content.facts
        let context = try SealedContext()
        for section in [SealedContent.Section.centre, .sketches, .records] {
            let range = facts.range(of: section)
            for _ in 0..<40 {
                try write { bytes in
                    for _ in 0..<range.count / 40 {
                        let offset = SealedFile.headerBytes + range.lowerBound
                            + Int.random(in: 0..<range.count / 4, using: &generator) * 4
                        let value = Bool.random(using: &generator) ? 60 : UInt32.random(in: 0...(.max), using: &generator)
                        bytes.storeBytes(of: value, toByteOffset: offset, as: UInt32.self)
                    }
                }
                let part = try read()
                let found = try part.candidates(
                    for: part.turned(generator.vector(12)), k: 10, count: 10, accepting: nil, .walk(WalkBounds(70)),
                    using: context)
                #expect(Set(found).count == found.count && OrdinalSet(found).isSubset(of: part.members))
            }
        }
    }
}
