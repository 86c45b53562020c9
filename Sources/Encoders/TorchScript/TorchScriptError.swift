/// Why the code of a TorchScript archive is not that of a model that can be run here.
public enum TorchScriptError: Error, Equatable, Sendable {
    /// The code of this entry is not what torch writes, at this line.
    case malformedCode(entry: String, line: Int)
    /// The code refers to a class, function, attribute or constant that the archive does not have.
    case undefined(name: String)
    /// The code is larger or more deeply nested than any real model's.
    case tooComplex
    /// The first operation that no encoder here has a place for, with what stands in its place in the models that are known.
    case unmapped(operation: String, expected: String)
}
