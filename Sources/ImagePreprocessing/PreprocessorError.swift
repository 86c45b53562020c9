public import Files

/// Why a model's preprocessing configuration cannot be used. Every case names the file.
public enum PreprocessorError: FileErrorWrapping, Equatable, Sendable {
    case file(FileError)
    case malformed(file: String, reason: String)
    /// The file asks for something that is not implemented.
    case unsupported(file: String, field: String, value: String)
}
