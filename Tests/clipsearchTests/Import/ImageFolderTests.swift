import Foundation
import ImagePreprocessing
import Testing
import TestSupport

@testable import clipsearch

@Suite struct ImageFolderTests {
    private func withFolder(_ files: [String], _ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: root) }
        for file in files {
            let path = root + "/" + file
            let folder = (path as NSString).deletingLastPathComponent
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("x".utf8).write(to: URL(fileURLWithPath: path))
        }
        try body(root)
    }

    @Test func findsPicturesInAnyDepth() throws {
        try withFolder(["b.JPG", "a/x.png", "a/b/c.webp", "d.gif", "notes.txt", ".hidden/e.jpg", ".f.jpg", "no.jpg/x.txt"]) { root in
            let files = try ImageFolder(path: root).files()
            #expect(files.map(\.relativePath) == ["a/b/c.webp", "a/x.png", "b.JPG", "d.gif"])
            #expect(files.map(\.name) == ["c.webp", "x.png", "b.JPG", "d.gif"])
        }
    }

    @Test func onlyFilesAreReadAndNoLargeOnes() throws {
        let folder = try TemporaryFolder()
        try folder.write("a.jpg", "123".utf8)
        try #require(mkfifo(folder.path + "/pipe.jpg", 0o600) == 0)
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/folder.jpg", withDestinationPath: folder.path)
        let files = try ImageFolder(path: folder.path).files()
        #expect(files.map(\.name) == ["a.jpg", "folder.jpg", "pipe.jpg"])
        #expect(try files[0].contents() == Array("123".utf8))
        for file in files.dropFirst() { #expect(thrownCase { try file.contents() } == "notAFile") }
        #expect(throws: ImageError.tooManyBytes(count: 3, limit: 2)) { try files[0].contents(limits: ImageLimits(bytes: 2)) }
        let missing = ImageFolder.File(relativePath: "none.jpg", path: folder.path + "/none.jpg")
        #expect(thrownCase { try missing.contents() } == "file.FileError")
    }

    @Test func aMissingFolderIsAnError() {
        #expect(thrownCase { try ImageFolder(path: "/does/not/exist").files() } == "notAFolder")
    }
}
