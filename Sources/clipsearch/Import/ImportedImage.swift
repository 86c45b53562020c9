internal import ElasticsearchAPI
internal import Files
internal import Foundation
internal import ImagePreprocessing
internal import Indices
internal import JSON

/// One picture on its way into an index: where it is, what is said of it, and what its bytes are known by.
struct ImportedImage: Sendable {
    let file: ImageFolder.File
    /// The document's id: a picture at the same place replaces itself.
    var id: String
    /// Whether the index was seen to have no document of the id.
    var isAdded = false
    /// Nil where the file cannot be looked at.
    let signature: FileSignature?
    /// What is said of the picture.
    let captions: JSONMembers
    /// Of the bytes alone: what the node keeps the small copy by.
    let imageHash: String
    /// Tells whether the picture, or what is said of it, has changed since it was imported.
    let contentHash: String

    init(_ file: ImageFolder.File, captions: JSONMembers, signature: FileSignature?, imageHash: String) {
        self.file = file
        self.signature = signature
        self.captions = captions
        self.imageHash = imageHash
        id = Self.id(of: file)
        contentHash = Self.hash(Array(imageHash.utf8) + JSONValue.object(captions).serialized())
    }

    /// That of the path alone; `DocumentPlace` says when it is another one.
    static func id(of file: ImageFolder.File) -> String { String(hash(Array(file.relativePath.utf8)).prefix(32)) }

    /// SHA-256, in hexadecimal digits.
    static func hash(_ bytes: [UInt8]) -> String { PictureHash(of: bytes).text }

    /// A picture as `_infer` takes it.
    static func dataURI(_ bytes: [UInt8]) -> String {
        "data:image/\(ImageFormat(sniffing: bytes)?.rawValue ?? "jpeg");base64," + Data(bytes).base64EncodedString()
    }

    /// The document, in the shape of Elastic's image-search article, and what else is known of the picture.
    func document(_ content: PictureContent, folderID: String) -> JSONValue {
        var document: JSONMembers = [
            "image_id": .string(id),
            "image_name": .string(file.name),
            PictureDocument.pathField: .string(file.relativePath),
            PictureDocument.vectorField: .floats(content.embedding),
            PictureDocument.hashField: .string(imageHash),
            "content_hash": .string(contentHash),
            "folder_id": .string(folderID),
        ]
        if let size = content.size {
            document["width"] = .int(size.width)
            document["height"] = .int(size.height)
        }
        document["format"] = content.format.map { .string($0) }
        if let signature {
            document["file_size"] = .int(signature.size)
            document["file_modified"] = .string(Self.time(signature))
        }
        for member in captions { document[member.key] = member.value }
        return .object(document)
    }

    /// When the file last changed, to the millisecond.
    static func time(_ signature: FileSignature) -> String {
        Date(timeIntervalSince1970: Double(signature.modifiedMilliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

/// What a picture's pixels tell, which changes only with its bytes.
struct PictureContent: Sendable, Equatable {
    var embedding: [Float]
    var size: PixelSize?
    var format: String?
}
