import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct FileContentsTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/f"
    }

    @Test(arguments: [0, 1, 65_535, 65_536, 200_000])
    func readWhole(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write("f", bytes)
        #expect(try File.contents(of: path) == bytes)
    }

    @Test func filesOfTheSystemSayNoSize() throws {
        #expect(try !File.contents(of: "/proc/self/maps").isEmpty)
    }

    @Test func whatCannotBeReadIsNamed() {
        #expect(throws: FileError(.read, path: folder.path, code: EISDIR)) { try File.contents(of: folder.path) }
        #expect(throws: FileError(.open, path: path, code: ENOENT)) { try File.contents(of: path) }
    }

    @Test func replacedWhole() throws {
        try File.replace(path, with: [1, 2, 3])
        try File.replace(path, with: [4])
        #expect(try File.contents(of: path) == [4])
        #expect(try Directory.names(in: folder.path) == ["f"])
    }

    @Test func theOldContentStaysWhereTheNewCannotBeWritten() throws {
        try File.replace(path, with: [1])
        try Directory.create(path + ".new")
        #expect(throws: FileError(.open, path: path + ".new", code: EISDIR)) { try File.replace(path, with: [2]) }
        #expect(try File.contents(of: path) == [1])
    }
}
