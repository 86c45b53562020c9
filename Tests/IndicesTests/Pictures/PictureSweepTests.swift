import Files
import Foundation
import Mapping
import Testing

@testable import Indices

@Suite struct PictureSweepTests {
    private static let mapping = #"{"properties":{"image_hash":{"type":"keyword"}}}"#

    private func hash(_ digit: Character) throws -> PictureHash { try #require(PictureHash(String(repeating: digit, count: 64))) }

    /// - Parameter age: seconds that have gone by since everything was written.
    @discardableResult
    private func sweep(_ node: TestNode, age: Double = 10_000) throws -> PictureSweep.Result {
        let index = try node.registry.single("a", for: .read)
        return try PictureSweep(store: PictureStore(index: index.record), shards: index.shards, mapping: index.metadata.mapping)
            .run(now: Date().timeIntervalSince1970 + age)
    }

    private func isKept(_ node: TestNode, _ digit: Character) throws -> Bool {
        try node.registry.picture(.original, of: hash(digit), in: "a") != nil
    }

    private func keep(_ node: TestNode, _ digit: Character) throws {
        try node.registry.keepPicture([1], as: .original, of: hash(digit), in: "a")
        try node.registry.keepPicture([2], as: .thumbnail, of: hash(digit), in: "a")
    }

    private func document(_ digit: Character) -> String { #"{"image_hash":"\#(String(repeating: digit, count: 64))"}"# }

    private func delete(_ node: TestNode, _ id: String, refresh: RefreshPolicy = .immediate) async throws {
        _ = try await node.registry.write([WriteOperation(.delete, index: "a", id: id, source: [])], refresh: refresh)[0].get()
    }

    @Test func picturesGoWithTheirLastDocument() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: Self.mapping, settings: #"{"number_of_shards":2,"refresh_interval":"-1"}"#)
        for digit in "01" { try keep(node, digit) }
        try await node.index("a", "1", document("0"))
        try await node.index("a", "2", document("0"))
        try await node.index("a", "3", document("1"))
        #expect(try sweep(node) == .finished)
        try await delete(node, "1")
        try await node.index("a", "3", "{}")
        #expect(try sweep(node) == .finished)
        // Another document has the same picture; the other's was replaced.
        #expect(try isKept(node, "0") && !isKept(node, "1"))
        #expect(try node.registry.picture(.thumbnail, of: hash("1"), in: "a") == nil)
        try await delete(node, "2")
        try await node.restart()
        #expect(try sweep(node) == .finished)
        #expect(try !isKept(node, "0"))
    }

    /// Hashes that are longer than the index's own limit of keywords are of no document that can be found.
    @Test func nothingIsRemovedWhereHashesAreNotIndexed() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: Self.mapping, settings: #"{"index.mapping.ignore_above":50,"refresh_interval":"-1"}"#)
        try keep(node, "0")
        try await node.index("a", "1", document("0"))
        #expect(try sweep(node) == .finished)
        #expect(try isKept(node, "0"))
    }

    @Test func whatMayStillGetADocumentStays() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: Self.mapping, settings: #"{"refresh_interval":"-1"}"#)
        try keep(node, "0")
        #expect(try sweep(node, age: 0) == .later)
        #expect(try isKept(node, "0"))
        // Searches do not see it yet.
        try await node.index("a", "1", document("0"), refresh: .none)
        #expect(try sweep(node) == .later)
        #expect(try isKept(node, "0"))
        _ = try await node.registry.refresh(IndexExpression(["a"]))
        #expect(try sweep(node) == .finished)
        #expect(try isKept(node, "0"))
    }

    @Test func nothingGoesWhereDocumentsCannotBeFoundByTheirPictures() async throws {
        for mapping in [#"{"properties":{"image_hash":{"type":"keyword","index":false}}}"#, #"{"dynamic":false}"#, #"{"properties":{"image_hash":{"type":"text"}}}"#] {
            let node = try await TestNode()
            try await node.createIndex("a", mappings: mapping)
            try keep(node, "0")
            #expect(try sweep(node) == .finished)
            #expect(try isKept(node, "0"))
        }
    }

    /// What a crash leaves aside comes back if a document has it, and goes if none has.
    @Test func whatWasPutAsideIsDecidedAgain() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: Self.mapping)
        for digit in "01" { try keep(node, digit) }
        try await node.index("a", "1", document("0"))
        let store = PictureStore(index: try node.registry.single("a", for: .read).record)
        for digit in "01" {
            let name = try hash(digit).text
            let path = "\(store.path)/originals/\(name.prefix(2))/\(name)"
            try Path.rename(path, to: path + ".unused")
        }
        #expect(try sweep(node, age: 0) == .later)
        #expect(try isKept(node, "0") && !isKept(node, "1"))
        let names = try Directory.files(below: store.path)
        #expect(!names.contains { $0.hasSuffix(".unused") })
    }
}
