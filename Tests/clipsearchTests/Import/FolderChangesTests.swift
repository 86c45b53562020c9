import Files
import TestSupport
import Testing

@testable import clipsearch

@Suite struct FolderChangesTests {
    private let folder: TemporaryFolder
    private let images: ImageFolder

    init() throws {
        folder = try TemporaryFolder()
        images = ImageFolder(path: folder.path)
    }

    private func scan() throws -> FolderScan { try FolderScan(images, fields: folder.path + "/fields.csv") }

    @Test func changesCountWhenTheyHaveSettled() throws {
        try folder.write("a.jpg", "1".utf8)
        var changes = FolderChanges(inStepWith: try scan())
        #expect(changes.changes(in: try scan()).isEmpty)
        try folder.write("b/b.jpg", "1".utf8)
        #expect(changes.changes(in: try scan()).isEmpty)
        try folder.write("b/b.jpg", "12".utf8)
        #expect(changes.changes(in: try scan()).isEmpty, "still being written")
        #expect(changes.changes(in: try scan()).pictures.map(\.relativePath) == ["b/b.jpg"])
        #expect(changes.changes(in: try scan()).pictures.map(\.relativePath) == ["b/b.jpg"], "until it is settled")
        changes.settle()
        #expect(changes.changes(in: try scan()).isEmpty)
    }

    @Test func aMoveIsOneGoneAndOneNew() throws {
        try folder.write("a.jpg", "1".utf8)
        var changes = FolderChanges(inStepWith: try scan())
        try Path.rename(folder.path + "/a.jpg", to: folder.path + "/c.jpg")
        #expect(changes.changes(in: try scan()).isEmpty)
        let found = changes.changes(in: try scan())
        #expect(found.pictures.map(\.relativePath) == ["c.jpg"] && found.deleted == ["a.jpg"])
        changes.settle()
        #expect(changes.changes(in: try scan()).isEmpty)
    }

    @Test func aFileThatIsReplacedIsNotDeleted() throws {
        let path = try folder.write("a.jpg", "1".utf8)
        var changes = FolderChanges(inStepWith: try scan())
        try Path.remove(path)
        #expect(changes.changes(in: try scan()).isEmpty)
        try folder.write("a.jpg", "other".utf8)
        #expect(changes.changes(in: try scan()).isEmpty)
        let found = changes.changes(in: try scan())
        #expect(found.pictures.map(\.relativePath) == ["a.jpg"] && found.deleted.isEmpty)
    }

    @Test func captionsConcernTheirFolderAndFieldsAll() throws {
        for name in ["a.jpg", "b/b.jpg"] { try folder.write(name, "1".utf8) }
        var changes = FolderChanges(inStepWith: try scan())
        try folder.write("b/captions.json", "{}".utf8)
        _ = changes.changes(in: try scan())
        #expect(changes.changes(in: try scan()).pictures.map(\.relativePath) == ["b/b.jpg"])
        changes.settle()
        try folder.write("fields.csv", "file".utf8)
        _ = changes.changes(in: try scan())
        #expect(changes.changes(in: try scan()).pictures.map(\.relativePath) == ["a.jpg", "b/b.jpg"])
    }

    @Test func whatCannotBeLookedIntoIsNotGone() throws {
        try folder.write("a/a.jpg", "1".utf8)
        let known = try scan()
        var changes = FolderChanges(inStepWith: known)
        let blind = FolderScan(pictures: [], signatures: [:], unreadable: ["a"])
        _ = changes.changes(in: blind)
        #expect(changes.changes(in: blind).isEmpty)
        let empty = FolderScan()
        _ = changes.changes(in: empty)
        #expect(changes.changes(in: empty).deleted == ["a/a.jpg"])
    }
}
