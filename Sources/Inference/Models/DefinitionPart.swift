/// A part of a model's definition, a TorchScript archive.
public struct DefinitionPart: Sendable, Equatable {
    /// From 0.
    public let number: Int
    public let count: Int
    /// Of the whole definition, in bytes.
    public let totalLength: Int
    public let bytes: [UInt8]

    public init(number: Int, count: Int, totalLength: Int, bytes: [UInt8]) {
        self.number = number
        self.count = count
        self.totalLength = totalLength
        self.bytes = bytes
    }

    var isLast: Bool { number == count - 1 }
}
