import Foundation
import Testing
import TestSupport

@testable import Indices

@Suite struct PictureStoreTests {
    private let hash = PictureHash(String(repeating: "0a", count: 32))

    @Test(arguments: ["", "0a", "../../node.json", String(repeating: "0A", count: 32), String(repeating: "zz", count: 32), "/" + String(repeating: "0", count: 63)])
    func onlyHashesBecomePaths(_ text: String) {
        #expect(PictureHash(text) == nil)
    }

    @Test func picturesLiveAsLongAsTheirIndex() async throws {
        let node = try await TestNode(), hash = try #require(hash)
        #expect(thrownCase { try node.registry.keepPicture([1], as: .thumbnail, of: hash, in: "a") } == "indexNotFound")
        try await node.createIndex("a")
        #expect(try node.registry.picture(.original, of: hash, in: "a") == nil)
        try node.registry.keepPicture([1, 2], as: .original, of: hash, in: "a")
        try node.registry.keepPicture([3], as: .thumbnail, of: hash, in: "a")
        try await node.restart()
        #expect(try node.registry.picture(.original, of: hash, in: "a") == [1, 2])
        #expect(try node.registry.picture(.thumbnail, of: hash, in: "a") == [3])
        try await node.registry.deleteIndices(IndexExpression(["a"]))
        try await node.createIndex("a")
        #expect(try node.registry.picture(.original, of: hash, in: "a") == nil)
    }

    @Test func writingTwiceLeavesOneFile() async throws {
        let node = try await TestNode(), hash = try #require(hash), registry = node.registry
        let path = try await node.createIndex("a").uuid
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask { for rendition in [PictureRendition.original, .thumbnail] { try registry.keepPicture([7], as: rendition, of: hash, in: "a") } }
            }
            try await group.waitForAll()
        }
        let folder = "\(node.path)/indices/\(path)/pictures"
        let files = try FileManager.default.subpathsOfDirectory(atPath: folder).filter { !$0.hasSuffix("s") && $0.count > 20 }
        #expect(files.count == 2)
        #expect(try registry.picture(.thumbnail, of: hash, in: "a") == [7])
    }
}
