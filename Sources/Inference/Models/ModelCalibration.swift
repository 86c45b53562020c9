internal import Files
public import JSON

/// What was measured of a model: how alike a picture must be to what is asked for, and how sure the model is of labels.
///
/// `clipsearch model calibrate` measures it. It stands in the model's folder, or under `metadata.clipsearch` of a model that came
/// over the API.
public struct ModelCalibration: Sendable, Equatable {
    /// In the model's folder.
    public static let fileName = "clipsearch.json"
    /// CLIP's, where nothing is known of a model.
    public static let defaultLogitScale: Float = 100

    /// The least cosine of a text and a picture that shows it, and of two pictures of one kind; nil: not measured.
    public let textToImage, imageToImage: Float?
    /// What cosines are multiplied by before the softmax over labels; nil: the weights say, or `defaultLogitScale`.
    public let logitScale: Float?
    /// As it was written.
    public let json: JSONMembers

    /// - Returns: nil where the text is none.
    public init?(_ json: JSONValue) {
        guard let members = json.object else { return nil }
        func number(_ value: JSONValue?) -> Float? {
            switch value {
            case .int(let number)?: Float(number)
            case .double(let number)?: Float(number)
            case .float(let number)?: number
            default: nil
            }
        }
        func cutOff(_ name: String) -> Float? {
            number(json["cut_offs"]?[name]?["similarity"]).flatMap { (-1...1).contains($0) ? $0 : nil }
        }
        textToImage = cutOff("text_to_image")
        imageToImage = cutOff("image_to_image")
        logitScale = number(json["logit_scale"]).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
        self.json = members
    }

    /// That of a folder; nil where it has none that can be read.
    init?(folder: String) {
        let path = Path.join(folder, Self.fileName)
        guard Path.isFile(path), let bytes = try? File.contents(of: path), let root = (try? JSONDocument(parsing: bytes))?.root
        else { return nil }
        self.init(JSONValue(root))
    }
}
