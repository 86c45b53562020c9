import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct FileTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/f"
    }

    @Test func writesAndReadsAnywhere() throws {
        let file = try File(path, .update)
        try file.write([UInt32(0x0403_0201)], at: 2)
        try [9, 8].withUnsafeBufferPointer { (bytes: UnsafeBufferPointer<UInt8>) in
            try file.write(UnsafeRawBufferPointer(bytes), at: 0)
        }
        #expect(try file.size == 6 && file.isRegular)
        var buffer = [UInt8](repeating: 7, count: 4)
        #expect(try file.read(into: &buffer, at: 3) == 3)
        #expect(buffer == [2, 3, 4, 7])
        #expect(try file.read(into: &buffer, at: 6) == 0)
        try file.synchronize()
        try file.synchronizeData()
    }

    @Test func cutOffOrGrown() throws {
        try folder.write("f", [1, 2, 3])
        let file = try File(path, .update)
        try file.resize(to: 2)
        try file.resize(to: 4)
        #expect(try File.contents(of: path) == [1, 2, 0, 0])
    }

    @Test(arguments: [(File.Mode.read, 3), (.update, 3), (.replace, 0)])
    func modes(mode: File.Mode, size: Int) throws {
        try folder.write("f", [1, 2, 3])
        #expect(try File(path, mode).size == size)
    }

    @Test func onlyReadingDoesNotMakeFiles() throws {
        #expect(throws: FileError(.open, path: path, code: ENOENT)) { try File(path, .read) }
        #expect(try File(path, .update).size == 0)
    }

    @Test func refusalsNameTheOperation() throws {
        try folder.write("f", [1])
        let file = try File(path, .read)
        #expect(throws: FileError(.write, path: path, code: EBADF)) { try file.write([UInt8(1)], at: 0) }
        #expect(throws: FileError(.resize, path: path, code: EINVAL)) { try file.resize(to: 0) }
        var buffer: [UInt8] = [0]
        #expect(throws: FileError(.read, path: path, code: EINVAL)) { try file.read(into: &buffer, at: -1) }
    }

    @Test func linksAreFollowedWhereAllowed() throws {
        try folder.write("f", [1])
        let link = folder.path + "/link"
        #expect(symlink("f", link) == 0)
        #expect(try File(link, .read).size == 1)
        #expect(throws: FileError(.open, path: link, code: ELOOP)) { try File(link, .update, followingLinks: false) }
    }

    @Test func programsThatAreStartedDoNotGetIt() throws {
        let file = try File(path, .update)
        #expect(fcntl(file.descriptor, F_GETFD) & FD_CLOEXEC == FD_CLOEXEC)
    }
}
