/// Something that a model makes a vector of.
public enum InferenceContent: Sendable, Equatable {
    case text(String)
    /// The bytes of a JPEG, PNG, WebP or GIF file.
    case image([UInt8])
}
