import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct DirectoryTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path
    }

    @Test func madeWithThoseAbove() throws {
        for _ in 0..<2 { try Directory.create(path + "/a/b/c") }
        try Directory.create(path + "/a/d/")
        #expect(try Directory.names(in: path + "/a").sorted() == ["b", "d"])
        #expect(try Directory.names(in: path + "/a/b/c").isEmpty)
        try Directory.create(".")
        try Directory.create("/")
    }

    @Test func aFileInTheWayIsNamed() throws {
        try folder.write("f", [])
        #expect(throws: FileError(.createDirectory, path: path + "/f", code: ENOTDIR)) { try Directory.create(path + "/f") }
        #expect(throws: FileError(.createDirectory, path: path + "/f/inside", code: ENOTDIR)) {
            try Directory.create(path + "/f/inside")
        }
        #expect(throws: FileError(.createDirectory, path: "", code: ENOENT)) { try Directory.create("") }
    }

    @Test func aLinkToADirectoryIsOne() throws {
        try Directory.create(path + "/a")
        #expect(symlink("a", path + "/link") == 0 && symlink("nowhere", path + "/broken") == 0)
        try Directory.create(path + "/link")
        #expect(throws: FileError(.createDirectory, path: path + "/broken", code: ENOTDIR)) {
            try Directory.create(path + "/broken")
        }
    }

    @Test func filesBelow() throws {
        try folder.write("a/b/c", [])
        try folder.write("d", [])
        try Directory.create(path + "/e")
        #expect(symlink("a", path + "/link") == 0)
        #expect(try Directory.files(below: path).sorted() == ["a/b/c", "d", "link"])
    }

    @Test func whatIsNotThereCannotBeListedOrSynchronised() throws {
        let gone = path + "/gone"
        #expect(throws: FileError(.list, path: gone, code: ENOENT)) { try Directory.names(in: gone) }
        #expect(throws: FileError(.list, path: gone, code: ENOENT)) { try Directory.files(below: gone) }
        #expect(throws: FileError(.open, path: gone, code: ENOENT)) { try Directory.synchronize(gone) }
        try folder.write("f", [])
        #expect(throws: FileError(.open, path: path + "/f", code: ENOTDIR)) { try Directory.synchronize(path + "/f") }
        try Directory.synchronize(path)
    }

    @Test func allocatedBytesCountNoHoles() throws {
        #expect(Directory.allocatedBytes(path) == 0 && Directory.allocatedBytes(path + "/gone") == 0)
        try folder.write("a/b", [UInt8](repeating: 1, count: 10_000))
        let file = try File(path + "/hole", .update)
        try file.resize(to: 1 << 30)
        #expect(symlink("a", path + "/link") == 0)
        #expect((10_000..<1_000_000).contains(Directory.allocatedBytes(path)))
    }

    @Test func freeBytes() {
        #expect(Directory.freeBytes(at: path) != nil)
        #expect(Directory.freeBytes(at: path + "/gone") == nil)
    }

    @Test func removedIfEmpty() throws {
        try folder.write("a/f", [])
        #expect(!Directory.removeIfEmpty(path + "/a"))
        try Path.remove(path + "/a/f")
        #expect(Directory.removeIfEmpty(path + "/a"))
        #expect(try Directory.names(in: path).isEmpty)
    }
}
