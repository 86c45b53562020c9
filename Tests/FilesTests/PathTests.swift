import Glibc
import TestSupport
import Testing

@testable import Files

@Suite struct PathTests {
    let folder: TemporaryFolder
    let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path
    }

    @Test(arguments: [("a", "b", "a/b"), ("a/", "b", "a/b"), ("a", "", "a"), ("/", "b", "/b")])
    func joined(directory: String, name: String, expected: String) {
        #expect(Path.join(directory, name) == expected)
    }

    @Test(arguments: [
        ("/a/b", "/a"), ("/a/b/", "/a"), ("/a", "/"), ("/", "/"), ("//", "/"), ("a", "."), ("a/b", "a"), ("a//b", "a"),
        ("", "."), (".", "."), ("./a", "."),
    ])
    func parents(path: String, expected: String) {
        #expect(Path.parent(of: path) == expected)
    }

    @Test func secondNames() throws {
        try folder.write("f", [1, 2])
        try Path.link(path + "/f", as: path + "/g")
        try Path.remove(path + "/f")
        #expect(try File.contents(of: path + "/g") == [1, 2])
        #expect(throws: FileError.self) { try Path.link(path + "/absent", as: path + "/h") }
    }

    @Test func whatIsThere() throws {
        try folder.write("d/f", [])
        #expect(symlink("d", path + "/link") == 0 && symlink("nowhere", path + "/broken") == 0)
        #expect(try ["d", "d/f", "link", "broken"].allSatisfy { try Path.exists("\(path)/\($0)") })
        #expect(try !Path.exists(path + "/gone"))
        #expect(["d", "link", "broken", "gone"].allSatisfy { !Path.isFile("\(path)/\($0)") })
        #expect(Path.isFile(path + "/d/f") && Path.isFile(path + "/link/f"))
        #expect(Path.isDirectory(path + "/d") && Path.isDirectory(path + "/link"))
        #expect(!Path.isDirectory(path + "/link", followingLinks: false) && !Path.isDirectory(path + "/d/f"))
    }

    @Test func sizesAreThoseThatLinksLeadTo() throws {
        try folder.write("f", [1, 2, 3])
        #expect(symlink("f", path + "/link") == 0)
        #expect(Path.size(of: path + "/link") == 3 && Path.size(of: path + "/gone") == nil)
    }

    @Test func whatCannotBeLookedAtIsNotMissing() throws {
        try folder.write("f", [])
        #expect(throws: FileError(.inspect, path: path + "/f/inside", code: ENOTDIR)) {
            try Path.exists(path + "/f/inside")
        }
        #expect(!Path.isFile(path + "/f/inside"))
    }

    @Test func linksResolved() throws {
        try folder.write("d/f", [])
        #expect(symlink("d", path + "/link") == 0)
        #expect(try Path.resolved(path + "/link/../link/f") == Path.resolved(path) + "/d/f")
        #expect(throws: FileError(.inspect, path: path + "/gone", code: ENOENT)) { try Path.resolved(path + "/gone") }
    }

    @Test func moved() throws {
        try folder.write("a/f", [1])
        try folder.write("b/g", [2])
        try Path.move(path + "/a/f", to: path + "/b/g")
        try Path.rename(path + "/b", to: path + "/c")
        #expect(try Directory.files(below: path) == ["c/g"])
        #expect(try File.contents(of: path + "/c/g") == [1])
        #expect(throws: FileError(.rename, path: path + "/gone", code: ENOENT)) {
            try Path.move(path + "/gone", to: path + "/x")
        }
    }

    @Test func removedWithAllBelowButNotWhatLinksLeadTo() throws {
        try folder.write("kept/file", [1])
        try folder.write("gone/deep/er/file", [1])
        #expect(symlink(path + "/kept", path + "/gone/deep/link") == 0 && symlink("kept", path + "/link") == 0)
        for _ in 0..<2 { try Path.remove(path + "/gone") }
        try Path.remove(path + "/link")
        #expect(try Directory.files(below: path) == ["kept/file"])
        try Path.remove(path + "/kept/file")
        #expect(try Directory.names(in: path) == ["kept"])
    }

    /// Names are bytes.
    @Test func removedWithNamesThatAreNotUTF8() throws {
        try Directory.create(path + "/gone")
        let name = (path + "/gone/x").utf8CString.dropLast() + [-1, -2, 0]
        let descriptor = creat(Array(name), 0o644)
        #expect(descriptor >= 0)
        close(descriptor)
        try Path.remove(path + "/gone")
        #expect(try Directory.names(in: path).isEmpty)
    }

    @Test func whatCannotBeRemovedIsNamed() {
        #expect(throws: FileError.self) { try Path.remove("/proc/self/status") }
    }
}
