import Files
import Foundation
import ImagePreprocessing
import JSON
import TestSupport
import Testing

@testable import clipsearch

@Suite struct ImportedImageTests {
    private func image(captions: JSONMembers = [:], hash: String = "ab") -> ImportedImage {
        ImportedImage(.init(relativePath: "a/b.png", path: "/x/a/b.png"), captions: captions, signature: nil, imageHash: hash)
    }

    @Test func whatIsSaidChangesTheDocumentAndNotThePicture() {
        let plain = image(), said = image(captions: ["caption": "a"])
        #expect(plain.imageHash == said.imageHash && plain.contentHash != said.contentHash && plain.id == said.id)
        #expect(plain.contentHash == image().contentHash && plain.contentHash != image(hash: "cd").contentHash)
    }

    @Test func documentsSayWhatIsKnown() throws {
        let folder = try TemporaryFolder()
        let signature = try #require(FileSignature(of: try folder.write("a", "123".utf8)))
        let image = ImportedImage(.init(relativePath: "a/b.png", path: ""), captions: ["caption": "c"], signature: signature, imageHash: "ab")
        let content = PictureContent(embedding: [1, 2], size: PixelSize(width: 3, height: 4), format: "png")
        let document = image.document(content, folderID: "f")
        #expect(document["relative_path"] == "a/b.png" && document["image_name"] == "b.png" && document["folder_id"] == "f")
        #expect(document["width"] == 3 && document["height"] == 4 && document["format"] == "png" && document["caption"] == "c")
        #expect(document["file_size"] == 3 && document["image_embedding"] == .floats([1, 2]) && document["image_hash"] == "ab")
        #expect(document["file_modified"]?.string == ImportedImage.time(signature))
        #expect(ImportedImage.time(signature).wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
    }

    /// Documents of earlier versions are found by it.
    @Test func theIdIsOfThePath() {
        #expect(image().id == String(ImportedImage.hash(Array("a/b.png".utf8)).prefix(32)))
        #expect(ImportedImage.hash([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test func dataURIsNameTheFormat() {
        #expect(ImportedImage.dataURI(Array("GIF89a".utf8)) == "data:image/gif;base64,R0lGODlh")
    }
}
