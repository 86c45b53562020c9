/// A token of a script and where it stands, in bytes.
struct Token: Equatable {
    enum Kind: Equatable {
        case word(String)
        case integer(Int32)
        case long(Int64)
        case float(Float)
        case double(Double)
        case string(String)
        case pattern(String, flags: String)
        case symbol(String)
        case end
    }

    var kind: Kind
    var offset: Int
    var end: Int
}
