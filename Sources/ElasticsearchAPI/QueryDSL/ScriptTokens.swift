/// A script's text cut into tokens, so that white space and the way numbers are written do not matter.
struct ScriptTokens: Equatable {
    enum Token: Equatable {
        case word(String)
        case number(Double)
        case quoted(String)
        case symbol(Character)
    }

    let tokens: [Token]

    /// - Returns: nil for an unfinished quotation.
    init?(_ source: String) {
        var tokens: [Token] = []
        var rest = Substring(source)
        while let first = rest.first {
            if first.isWhitespace {
                rest.removeFirst()
            } else if first == "'" || first == "\"" {
                rest.removeFirst()
                guard let end = rest.firstIndex(of: first) else { return nil }
                tokens.append(.quoted(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            } else if first.isLetter || first == "_" {
                let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                tokens.append(.word(String(word)))
                rest = rest.dropFirst(word.count)
            } else if let number = Self.number(at: rest) {
                tokens.append(.number(number.value))
                rest = rest.dropFirst(number.length)
            } else {
                tokens.append(.symbol(first))
                rest.removeFirst()
            }
        }
        self.tokens = tokens
    }

    private static func number(at text: Substring) -> (value: Double, length: Int)? {
        guard text.first?.isASCII == true, text.first?.isNumber == true else { return nil }
        let digits = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        return Double(digits).map { ($0, digits.count) }
    }
}
