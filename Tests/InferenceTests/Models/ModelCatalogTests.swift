import Encoders
import Foundation
import TestSupport
import Testing

@testable import Inference

@Suite struct ModelCatalogTests {
    /// A models directory with links to the small reference models.
    private func withRoot(_ models: [String: String], _ body: (String) throws -> Void) throws {
        let root = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: root) }
        for (name, source) in models {
            let place = root.appending(path: name)
            try FileManager.default.createDirectory(
                at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: "\(Repository.small)/\(source)")
        }
        try FileManager.default.createDirectory(at: root.appending(path: "empty"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: root.appending(path: ".cache"), withIntermediateDirectories: true)
        try body(root.path)
    }

    @Test func findsModelsOfEveryKindAtBothDepths() throws {
        try withRoot(["Clip": "clip", "sentence-transformers/clip-ViT-B-32": "clip-st", "text only": "minilm-like"]) { root in
            let catalog = ModelCatalog(roots: [root, "/nowhere", Repository.models])
            #expect(catalog.models.keys.sorted() == ["clip", "compact", "sentence-transformers__clip-vit-b-32", "text__only"])
            let clip = try #require(catalog.models["clip"])
            #expect(clip.textDimensions == 32 && clip.imageDimensions == 32 && clip.weightBytes == 1_777_852)
            let text = try #require(catalog.models["text__only"])
            #expect(text.imageDimensions == nil && text.textDimensions == 48)
            #expect(catalog.models["compact"]?.imageDimensions == 384)
            #expect(catalog.models["sentence-transformers__clip-vit-b-32"]?.name == "sentence-transformers/clip-ViT-B-32")
            #expect(catalog.problems == [
                .init(name: "empty", folder: "\(root)/empty", reason: .layout(.notAModel(folder: "\(root)/empty")))
            ])
        }
    }

    @Test func brokenFoldersAreProblemsNotFailures() throws {
        try withRoot(["good": "clip", "images": "images"]) { root in
            try FileManager.default.createDirectory(atPath: "\(root)/broken", withIntermediateDirectories: true)
            try Data("{".utf8).write(to: URL(filePath: "\(root)/broken/config.json"))
            let catalog = ModelCatalog(roots: [root])
            #expect(catalog.models.keys.sorted() == ["good"])
            #expect(catalog.problems.map(\.folder) == ["broken", "empty", "images"].map { "\(root)/\($0)" })
            guard case .layout(.malformed(let file, _))? = catalog.problems.first?.reason else {
                Issue.record("\(catalog.problems)")
                return
            }
            #expect(file == "\(root)/broken/config.json")
        }
    }

    @Test func ofTwoModelsWithOneIDTheFirstCounts() throws {
        try withRoot(["A": "clip", "a": "minilm-like"]) { root in
            let catalog = ModelCatalog(roots: [root])
            #expect(catalog.models["a"]?.folder == "\(root)/A")
            #expect(catalog.problems.contains(.init(name: "a", folder: "\(root)/a", reason: .duplicate(id: "a", of: "\(root)/A"))))
        }
    }
}
