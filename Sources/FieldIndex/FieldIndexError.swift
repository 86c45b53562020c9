public import Files

/// What can go wrong with a field index's files. All of them are derived: what is damaged can be built anew.
public enum FieldIndexError: FileErrorWrapping, Equatable, Sendable {
    case damagedFile(path: String, Damage)
    /// The file was written by a newer version of this program.
    case unsupportedVersion(path: String, version: UInt64)
    case file(FileError)

    /// What is wrong with a file.
    public enum Damage: Equatable, Sendable {
        case missing, truncated, wrongMagic, checksumMismatch, inconsistent
    }
}
