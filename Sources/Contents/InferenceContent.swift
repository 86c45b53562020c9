/// Something that a model makes a vector of.
public enum InferenceContent: Sendable, Equatable {
    case text(String)
    /// The bytes of a JPEG, PNG, WebP or GIF file.
    case image([UInt8])

    /// Bytes of the text in UTF-8, or of the picture's file.
    public var bytes: Int {
        switch self {
        case .text(let text): text.utf8.count
        case .image(let file): file.count
        }
    }
}
