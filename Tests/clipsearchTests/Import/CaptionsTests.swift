import Foundation
import JSON
import Testing

@testable import clipsearch

@Suite struct CaptionsTests {
    @Test func captionsBesideThePictures() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        let captions = #"{"a.jpg":"plain","b.jpg":{"title":"titled","keywords":["x","y"],"training":"used"}}"#
        try Data(captions.utf8).write(to: URL(fileURLWithPath: root + "/captions.json"))
        let reader = Captions()
        let fields = { (name: String) in try reader.fields(for: .init(relativePath: name, path: root + "/" + name)) }
        #expect(try fields("a.jpg") == ["caption": "plain"])
        #expect(try fields("b.jpg") == ["caption": "titled", "keywords": ["x", "y"]])
        #expect(try fields("c.jpg") == [:])
    }

    @Test(arguments: ["{bad", "[1]", ""])
    func aDamagedFileIsNamed(text: String) throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        defer { try? FileManager.default.removeItem(atPath: root) }
        try FileManager.default.createDirectory(atPath: root, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: root + "/captions.json"))
        let error = #expect(throws: ImportError.self) {
            try Captions().fields(for: .init(relativePath: "a.jpg", path: root + "/a.jpg"))
        }
        #expect(error?.description.contains(root + "/captions.json") == true)
    }

    @Test func noFileIsNoCaption() throws {
        #expect(try Captions().fields(for: .init(relativePath: "a.jpg", path: "/does/not/exist/a.jpg")) == [:])
    }
}
