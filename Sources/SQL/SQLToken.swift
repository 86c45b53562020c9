/// A word of a statement.
struct SQLToken: Equatable {
    enum Kind: Equatable {
        /// A keyword or a name: which of them, its place says.
        case word
        /// A name in double quotes, without them.
        case quoted(String)
        /// A string in single quotes, without them.
        case string(String)
        case integer(Int64)
        case decimal(Double)
        case symbol
        case end
    }

    var kind: Kind
    var source: SQLSource
    /// Where it starts and ends among the text's scalars.
    var range: Range<Int>

    func isSymbol(_ symbol: String) -> Bool { kind == .symbol && source.text == symbol }

    /// - Parameter keyword: in capitals.
    func isWord(_ keyword: String) -> Bool { kind == .word && source.text.uppercased() == keyword }
}
