import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct MappedFileTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/f"
    }

    @Test func integersUpToTheEnd() throws {
        try folder.write("f", [1, 2, 3, 4, 5])
        let file = try MappedFile(path: path)
        #expect(file.count == 5 && file.path == path)
        #expect(file.integer(at: 1, as: UInt32.self) == 0x0504_0302)
        #expect(file.integer(at: 2, as: UInt32.self) == nil)
        #expect(file.integer(at: -1, as: UInt8.self) == nil)
        #expect(file.integer(at: .max, as: UInt8.self) == nil)
        #expect(file.withBytes(in: 3..<5) { Array($0) } == [4, 5])
    }

    @Test func anEmptyFileHasNoBytes() throws {
        try folder.write("f", [])
        let file = try MappedFile(path: path)
        #expect(file.count == 0 && file.unsafeBytes.isEmpty)
        #expect(file.integer(at: 0, as: UInt8.self) == nil)
        file.release(0..<0)
    }

    @Test func adviceChangesNothing() throws {
        try folder.write("f", [UInt8](repeating: 7, count: 10_000))
        let file = try MappedFile(path: path)
        file.expectScatteredReads()
        file.prefetch(5000..<10_000)
        file.prefetch(3..<3)
        #expect(file.unsafeBytes.allSatisfy { $0 == 7 })
    }

    @Test func onlyFilesAreMapped() {
        #expect(throws: FileError(.map, path: folder.path, code: EISDIR)) { try MappedFile(path: folder.path) }
        #expect(throws: FileError(.open, path: path, code: ENOENT)) { try MappedFile(path: path) }
    }

    @Test func whatIsReleasedIsReadAgain() throws {
        let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write("f", bytes)
        let file = try MappedFile(path: path)
        file.release(0..<20_000)
        #expect(file.withBytes(in: 0..<20_000) { Array($0) } == bytes)
    }

    @Test func anOpenFilesMappingShowsWhatIsWrittenLater() throws {
        let file = try File(path, .update)
        try file.resize(to: 8192)
        let mapping = try MappedFile(file, count: 8192)
        try file.write([UInt8(7)], at: 5000)
        #expect(mapping.integer(at: 5000, as: UInt8.self) == 7)
        #expect(UInt(bitPattern: mapping.unsafeBytes.baseAddress) % UInt(getpagesize()) == 0)
    }

    /// The open file and its name are not needed for what is mapped.
    @Test func outlivesTheFile() throws {
        try folder.write("f", [1, 2, 3])
        let mapping = try MappedFile(path: path)
        try Path.remove(path)
        #expect(mapping.withBytes(in: 0..<3) { Array($0) } == [1, 2, 3])
    }

    @Test func unmappedWithTheLastReference() throws {
        try folder.write("f", [1])
        let mapped = { String(decoding: try File.contents(of: "/proc/self/maps"), as: UTF8.self).contains(path) }
        do {
            let mapping = try MappedFile(path: path)
            #expect(try mapped())
            withExtendedLifetime(mapping) {}
        }
        #expect(try !mapped())
    }
}
