import Foundation
import Testing

@testable import Indices

@Suite final class DurableFileTests {
    private let path = FileManager.default.temporaryDirectory.appendingPathComponent("durable-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: path) }

    @Test func filesAreReplacedWhole() throws {
        try DurableFile.createDirectory(path)
        try DurableFile.replace(path + "/f", with: [1, 2, 3])
        try DurableFile.replace(path + "/f", with: [4])
        #expect(try DurableFile.read(path + "/f") == [4])
        #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["f"])
    }

    @Test func directoriesAreMadeWithThoseAboveThem() throws {
        for _ in 0..<2 { try DurableFile.createDirectory(path + "/a/b/c") }
        try DurableFile.move(path + "/a/b", to: path + "/a/d")
        #expect(try DurableFile.exists(path + "/a/d/c"))
        try DurableFile.remove(path + "/a")
        #expect(try !DurableFile.exists(path + "/a"))
    }

    @Test func whatCannotBeLookedAtIsNotMissing() throws {
        try DurableFile.createDirectory(path)
        try DurableFile.replace(path + "/f", with: [])
        #expect(throws: IndicesError.self) { try DurableFile.exists(path + "/f/inside") }
        #expect(throws: IndicesError.self) { try DurableFile.createDirectory(path + "/f/inside") }
    }
}
