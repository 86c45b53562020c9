import Foundation
import JSON
import TestSupport
import Testing

@testable import clipsearch

@Suite struct ImportedImageTests {
    private static let folder = Repository.fixtures + "/reference-small/images"

    private func image(_ name: String, captions: JSONMembers = [:]) throws -> ImportedImage {
        try ImportedImage(ImageFolder.File(relativePath: name, path: "\(Self.folder)/\(name)"), captions: captions)
    }

    @Test func documentsNameTheirPictureByItsBytes() throws {
        let plain = try image("png_rgb.png"), said = try image("png_rgb.png", captions: ["caption": "a"])
        let document = said.document(embedding: [1])
        #expect(document["image_hash"]?.string == said.imageHash && said.imageHash.count == 64)
        #expect(document["caption"] == "a" && document["relative_path"] == "png_rgb.png")
        // What is said of a picture changes the document, and not which picture it is.
        #expect(plain.imageHash == said.imageHash && plain.contentHash != said.contentHash)
    }

    @Test func thumbnailsAreOfWhatCanBeRead() throws {
        #expect(try image("png_rgb.png").thumbnail != nil)
        let text = try ImportedImage(ImageFolder.File(relativePath: "a.jpg", path: "\(Self.folder)/LICENSES.md"), captions: [:])
        #expect(text.thumbnail == nil)
    }
}
