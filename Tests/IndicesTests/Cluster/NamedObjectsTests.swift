import Foundation
import JSON
import TestSupport
import Testing

@testable import Indices

@Suite struct NamedObjectsTests {
    @Test func objectsAreKept() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("objects-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        let objects = try NamedObjects(reading: path)
        #expect(objects.all.isEmpty)
        #expect(try objects.set("b", ["x": 1]) == false)
        #expect(try objects.set("b", ["x": 2]) == true)
        #expect(try objects.set("a", []) == false)
        #expect(try objects.set("a", nil) == true)
        #expect(try objects.set("zz", nil) == false)
        #expect(try NamedObjects(reading: path).all == ["b": ["x": 2]])
    }

    @Test(arguments: ["", "[]", #"{"format_version":2,"objects":{}}"#, #"{"format_version":1}"#])
    func damagedFilesAreErrors(_ text: String) throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("objects-\(UUID().uuidString).json").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        #expect(thrownCase { try NamedObjects(reading: path) } == "damagedFile")
    }
}
