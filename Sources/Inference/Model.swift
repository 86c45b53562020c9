public import Encoders
internal import Glibc

/// A model that can be deployed: a folder whose files describe an image side, a text side, or both.
public struct Model: Sendable, Identifiable, Equatable {
    /// What requests call it, `sentence-transformers__clip-vit-b-32`.
    public let id: String
    /// The folder's path under the models directory, `sentence-transformers/clip-ViT-B-32`.
    public let name: String
    public let layout: ModelLayout

    init(name: String, layout: ModelLayout) {
        id = Self.id(forName: name)
        self.name = name
        self.layout = layout
    }

    public var folder: String { layout.folder }
    public var textDimensions: Int? { layout.text?.dimensions }
    public var imageDimensions: Int? { layout.image?.dimensions }

    /// The size of the weights' files.
    public var weightBytes: Int {
        layout.weightFiles.reduce(0) { total, file in
            // Follows links, which is what hub caches hold.
            var status = stat()
            return stat(file, &status) == 0 ? total + Int(status.st_size) : total
        }
    }

    /// eland's rule for the id of a hub model: slashes, backslashes and white space become `__`, lowercase, the last 64
    /// characters.
    ///
    /// Source: eland's `elasticsearch_model_id`.
    public static func id(forName name: String) -> String {
        let replaced = name.map { character in
            character == "/" || character == "\\" || character.isWhitespace ? "__" : character.lowercased()
        }
        return String(replaced.joined().suffix(64))
    }
}
