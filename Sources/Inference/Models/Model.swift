public import Encoders
internal import Files
internal import JSON

/// A model that can be deployed: a folder whose files describe an image side, a text side, or both.
public struct Model: Sendable, Identifiable, Equatable {
    /// What requests call it, `sentence-transformers__clip-vit-b-32`.
    public let id: String
    /// The folder's path under the models directory, `sentence-transformers/clip-ViT-B-32`.
    public let name: String
    public let layout: ModelLayout
    /// The widths of the vectors; nil for a side that the model does not have.
    public let textDimensions, imageDimensions: Int?
    /// How it came, if over the API.
    public let upload: UploadedModel?
    public let settings: ModelSettings
    /// Nil: nobody has measured it.
    public let calibration: ModelCalibration?

    /// A model in a folder that somebody put there.
    init(name: String, layout: ModelLayout) {
        self.init(id: Self.id(forName: name), name: name, layout, nil)
    }

    init(_ upload: UploadedModel, layout: ModelLayout) {
        self.init(id: upload.id, name: upload.id, layout, upload)
    }

    private init(id: String, name: String, _ layout: ModelLayout, _ upload: UploadedModel?) {
        self.id = id
        self.name = name
        self.layout = layout
        self.textDimensions = layout.text?.dimensions
        self.imageDimensions = layout.image?.dimensions
        self.upload = upload
        self.settings = upload.map { ModelSettings($0.configuration) } ?? ModelSettings()
        let given = upload?.configuration["metadata"]?["clipsearch"]
        calibration = given.flatMap { ModelCalibration($0) } ?? ModelCalibration(folder: layout.folder)
    }

    public var folder: String { layout.folder }

    /// The size of the weights' files.
    public var weightBytes: Int {
        layout.weightFiles.reduce(0) { total, file in
            // Follows links, which is what hub caches hold.
            total + (Path.size(of: file) ?? 0)
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
