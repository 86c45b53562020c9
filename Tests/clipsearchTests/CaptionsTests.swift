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
        let fields = { (name: String) in reader.fields(for: .init(relativePath: name, path: root + "/" + name)) }
        #expect(fields("a.jpg") == ["caption": "plain"])
        #expect(fields("b.jpg") == ["caption": "titled", "keywords": ["x", "y"]])
        #expect(fields("c.jpg") == [:])
    }

    @Test func noFileIsNoCaption() {
        #expect(Captions().fields(for: .init(relativePath: "a.jpg", path: "/does/not/exist/a.jpg")) == [:])
    }
}
