/// A constant.
public enum SQLLiteral: Equatable, Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    case double(Double)
    case string(String)
}
