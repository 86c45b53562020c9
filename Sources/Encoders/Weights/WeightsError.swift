public import Files

/// Why a file of weights cannot be used. Every case names the file, and the tensor where there is one.
public enum WeightsError: FileErrorWrapping, Equatable, Sendable {
    /// The system refused to open or map the file.
    case file(FileError)
    /// Neither safetensors nor a torch archive.
    case unknownFormat(file: String)
    /// The file contradicts its own format.
    case damaged(file: String, Damage)
    /// The file is sound but asks for something that is not supported.
    case unsupported(file: String, Unsupported)
    /// The tensor reaches outside the file, or outside its storage.
    case outOfBounds(file: String, tensor: String)
    /// Two tensors of a safetensors file share bytes.
    case overlapping(file: String, first: String, second: String)
    /// The pickle names something that is not a plain tensor: loading it the usual way could run code.
    case forbiddenGlobal(file: String, name: String)
    /// The code of a TorchScript archive is not that of a model that can be run here.
    case script(file: String, TorchScriptError)
    /// The model needs a tensor that is not there.
    case missing(file: String, tensor: String)
    /// There are tensors that the model has no place for.
    case unexpected(file: String, tensors: [String])
    /// A tensor has another shape than the model's configuration says.
    case wrongShape(file: String, tensor: String, expected: [Int], found: [Int])

    /// How a file contradicts its format.
    public enum Damage: Equatable, Sendable {
        /// It ends before something that it announces.
        case truncated
        /// A header of more bytes than any real file has.
        case headerTooLarge(bytes: UInt64)
        /// The header is not the JSON that the format asks for; at `tensor`, or as a whole.
        case malformedHeader(tensor: String?)
        /// Bytes that belong to no tensor, before this one or at the end.
        case gap(before: String?)
        /// The ZIP directory is wrong.
        case malformedArchive
        /// This entry of the ZIP directory is wrong.
        case malformedEntry(name: String)
        /// The pickle breaks its own rules at this byte.
        case malformedPickle(offset: Int)
        /// The pickle is larger or more deeply nested than any real one.
        case pickleLimit(offset: Int)
        /// The archive holds something else than a dictionary of tensors.
        case notTensors
    }

    /// What is not supported.
    public enum Unsupported: Equatable, Sendable {
        case elementType(tensor: String, type: String)
        case compressedEntry(name: String)
        case bigEndian
        case pickleOperation(code: UInt8, offset: Int)
    }
}
