/// Why a model's preprocessing configuration cannot be used. Every case names the file.
public enum PreprocessorError: Error, Equatable, Sendable {
    case unreadable(file: String, reason: String)
    case malformed(file: String, reason: String)
    /// The file asks for something that is not implemented.
    case unsupported(file: String, field: String, value: String)
}
