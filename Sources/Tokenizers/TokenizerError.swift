public import Files

/// Why a tokenizer's files cannot be used.
public enum TokenizerError: FileErrorWrapping, Equatable, Sendable {
    /// The folder holds none of the file sets that `TokenizerLoader` knows.
    case noTokenizer(folder: String)
    case file(FileError)
    case malformed(file: String, reason: String)
    /// The file describes a tokenizer, or a step of one, that is not implemented.
    case unsupported(file: String, field: String, value: String)
    /// A token that the tokenizer cannot do without is not in the vocabulary.
    case missingToken(file: String, token: String)
}
