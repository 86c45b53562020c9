import Foundation
import ImagePreprocessing
import TestSupport
import Testing

@testable import Server

@Suite struct PictureRootsTests {
    private static let picture: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]

    @Test func picturesBelowTheFoldersAreRead() throws {
        let folder = try TemporaryFolder()
        try folder.write("shown/a/b.jpg", Self.picture)
        let roots = PictureRoots(["/does/not/exist", folder.path + "/shown"])
        #expect(roots.picture(at: "a/b.jpg") == Self.picture)
        #expect(roots.picture(at: "a/c.jpg") == nil)
        #expect(PictureRoots().picture(at: "a/b.jpg") == nil)
    }

    @Test(arguments: [
        "../secret.jpg", "a/../../secret.jpg", "/etc/passwd", "", ".", "a//b.jpg", "a/./b.jpg", "a/b.jpg\0.txt", "..", "a/..",
    ])
    func pathsThatLeadElsewhereAreNot(_ path: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("shown/a/b.jpg", Self.picture)
        try folder.write("secret.jpg", Self.picture)
        #expect(PictureRoots([folder.path + "/shown"]).picture(at: path) == nil)
    }

    /// Links are followed only to where something may be read anyway.
    @Test func linksDoNotLeadOut() throws {
        let folder = try TemporaryFolder()
        try folder.write("shown/a.jpg", Self.picture)
        try folder.write("shown-not/secret.jpg", Self.picture)
        let link: (String, String) throws -> Void = { try FileManager.default.createSymbolicLink(atPath: folder.path + $0, withDestinationPath: folder.path + $1) }
        try link("/shown/in.jpg", "/shown/a.jpg")
        try link("/shown/out.jpg", "/shown-not/secret.jpg")
        try link("/shown/folder", "/shown-not")
        try link("/linked", "/shown")
        let roots = PictureRoots([folder.path + "/shown"])
        #expect(roots.picture(at: "in.jpg") == Self.picture)
        #expect(roots.picture(at: "out.jpg") == nil)
        #expect(roots.picture(at: "folder/secret.jpg") == nil)
        #expect(PictureRoots([folder.path + "/linked"]).picture(at: "a.jpg") == Self.picture)
    }

    @Test func onlyPicturesThatAreNotTooLargeAre() throws {
        let folder = try TemporaryFolder()
        let roots = PictureRoots([folder.path])
        for (more, isShown) in [(0, true), (1, false)] {
            try folder.write("a.jpg", Self.picture)
            let file = try FileHandle(forWritingTo: URL(filePath: folder.path + "/a.jpg"))
            try file.truncate(atOffset: UInt64(ImageLimits().bytes + more))
            try file.close()
            #expect((roots.picture(at: "a.jpg") != nil) == isShown)
        }
    }

    @Test func onlyPicturesAre() throws {
        let folder = try TemporaryFolder()
        try folder.write("key.jpg", Array("-----BEGIN PRIVATE KEY-----".utf8))
        try folder.write("page.html", Array("<script>".utf8))
        try folder.write("folder.jpg/a", Self.picture)
        #expect(mkfifo(folder.path + "/pipe.jpg", 0o600) == 0)
        let roots = PictureRoots([folder.path])
        for name in ["key.jpg", "page.html", "folder.jpg", "pipe.jpg"] { #expect(roots.picture(at: name) == nil) }
    }
}
