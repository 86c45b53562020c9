/// Why a text is not the JSON that was asked for.
public enum JSONError: Error, Equatable, Sendable {
    /// The bytes are not JSON; `reason` is the parser's.
    case malformed(reason: String)
    /// More levels of arrays and objects than `JSONDocument.maximumDepth`.
    case tooDeep(limit: Int)
    /// A number outside what 64-bit integers and doubles hold.
    case numberOutOfRange
    /// There is nothing but white space.
    case empty
}
