import TestSupport
import Testing

@testable import Files

@Suite struct FileLockTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path + "/above/a"
    }

    private static func lock(_ path: String, isDirectory: Bool) throws(FileError) -> FileLock? {
        if isDirectory { return try FileLock(directory: path) }
        try Directory.create(Path.parent(of: path))
        return try FileLock(file: path)
    }

    private static func isFree(_ path: String, isDirectory: Bool) throws -> Bool {
        switch try lock(path, isDirectory: isDirectory) {
        case .some: true
        case .none: false
        }
    }

    @Test(arguments: [true, false])
    func endsWithTheValue(isDirectory: Bool) throws {
        for _ in 0..<2 {
            let lock = try Self.lock(path, isDirectory: isDirectory)
            #expect(try !Self.isFree(path, isDirectory: isDirectory))
            #expect(try Self.isFree(path + "2", isDirectory: isDirectory))
            withExtendedLifetime(lock) {}
        }
        #expect(try Self.isFree(path, isDirectory: isDirectory))
        #expect(Path.isDirectory(path) == isDirectory)
    }

    @Test(arguments: [true, false])
    func whatWasRemovedIsMadeAgain(isDirectory: Bool) throws {
        let lock = try Self.lock(path, isDirectory: isDirectory)
        try Path.remove(path)
        // Another of that name, which nobody holds.
        #expect(try Self.isFree(path, isDirectory: isDirectory))
        withExtendedLifetime(lock) {}
    }

    /// The owner may remove it between another's opening and locking it: the lock would be on what nobody finds again.
    @Test(arguments: [true, false])
    func whatIsLockedHasThePath(isMadeAgain: Bool) throws {
        let path = folder.path + "/f"
        var openings = 0
        let file = try FileLock.locked { () throws(FileError) in
            openings += 1
            let file = try File(path, .update)
            if openings == 1 {
                try Path.remove(path)
                if isMadeAgain { try File.replace(path, with: []) }
            }
            return file
        }
        #expect(openings == 2)
        #expect(try file?.status.identity == FileStatus(path, followingLinks: true)?.identity)
    }

    @Test func aFileIsMadeWhereThereIsADirectoryOnly() {
        #expect(throws: FileError.self) { try Self.ignoring(FileLock(file: path)) }
    }

    private static func ignoring(_ lock: consuming FileLock?) {}
}
