public import Files
public import JSON

/// Why a folder is not a model that can be run here. Every case names the file.
public enum ModelLayoutError: FileErrorWrapping, Equatable, Sendable {
    /// There is neither `definition.pt` nor `modules.json` nor `config.json`, nor a part called `text` or `image`.
    case notAModel(folder: String)
    case missingFile(String)
    /// The system refused to open or map the file.
    case file(FileError)
    /// The file is far larger than any configuration.
    case tooLarge(file: String, bytes: Int)
    case malformed(file: String, JSONError)
    /// The uploaded TorchScript archive is none of a model that can be run here.
    case archive(WeightsError)
    /// This field is missing, or has a value of the wrong kind or out of range.
    case invalidField(file: String, field: String)
    /// A known field asks for something that is not supported.
    case unsupported(file: String, field: String, value: String)
    /// Two files disagree: the width that one gives is not the width that the next one takes.
    case widthMismatch(file: String, expected: Int, found: Int)
}
