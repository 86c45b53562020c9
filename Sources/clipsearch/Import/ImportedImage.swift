internal import Crypto
internal import Files
internal import Foundation
internal import ImagePreprocessing
internal import JSON

/// One picture on its way into an index.
struct ImportedImage: Sendable {
    let file: ImageFolder.File
    /// The document's id: a picture at the same place replaces itself.
    let id: String
    let bytes: [UInt8]
    /// Tells whether the picture, or what is said of it, has changed since it was imported.
    let contentHash: String
    /// Of the bytes alone: what the node keeps the small copy by.
    let imageHash: String
    let captions: JSONMembers
    /// Nil where the header cannot be read; the server then says why the picture is refused.
    private let header: ImageHeader?

    /// - Throws: `ImportError.file`.
    init(_ file: ImageFolder.File, captions: JSONMembers) throws {
        self.file = file
        id = Self.hexadecimal(SHA256.hash(data: Data(file.relativePath.utf8)).prefix(16))
        bytes = try ImportError.wrapping(File.contents(of: file.path))
        header = try? ImageHeader(reading: bytes)
        contentHash = Self.hexadecimal(SHA256.hash(data: bytes + JSONValue.object(captions).serialized()))
        imageHash = Self.hexadecimal(SHA256.hash(data: bytes))
        self.captions = captions
    }

    /// The picture as `_infer` takes it.
    var dataURI: String {
        "data:image/\(header?.format.rawValue ?? "jpeg");base64," + Data(bytes).base64EncodedString()
    }

    /// The document, in the shape of Elastic's image-search article, and what else is known of the picture.
    func document(embedding: [Float]) -> JSONValue {
        var document: JSONMembers = [
            "image_id": .string(id),
            "image_name": .string(file.name),
            "relative_path": .string(file.relativePath),
            "image_embedding": .floats(embedding),
            "image_hash": .string(imageHash),
            "content_hash": .string(contentHash),
        ]
        if let header {
            document["width"] = .int(header.width)
            document["height"] = .int(header.height)
            document["format"] = .string(header.format.rawValue)
        }
        for member in captions { document[member.key] = member.value }
        return .object(document)
    }

    /// A small copy for showing; nil where the picture cannot be read, which the node has said by then.
    ///
    /// - Complexity: O(pixels).
    var thumbnail: [UInt8]? { try? Thumbnail(of: bytes).bytes }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
