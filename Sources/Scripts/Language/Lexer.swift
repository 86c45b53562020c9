/// Cuts a script into tokens, by Painless's rules.
///
/// Source: https://www.elastic.co/docs/reference/scripting-languages/painless/painless-language-specification
struct Lexer {
    /// Painless's `max_size` of a script.
    static let maximumBytes = 65_535

    /// Where and why a text cannot be cut.
    struct Failure: Error {
        var fault: ScriptFault
        var offset: Int
    }

    let text: [UInt8]
    var position = 0
    var tokens: [Token] = []

    private init(_ source: String) {
        text = Array(source.utf8)
    }

    /// - Complexity: O(*n*).
    static func tokens(of source: String) throws(Failure) -> [Token] {
        var lexer = Lexer(source)
        guard lexer.text.count <= maximumBytes else { throw Failure(fault: .tooComplex, offset: 0) }
        try lexer.run()
        return lexer.tokens
    }

    private mutating func run() throws(Failure) {
        while true {
            try skipBlanks()
            let start = position
            guard let byte = peek() else { break }
            let kind: Token.Kind
            if Self.isLetter(byte) {
                kind = .word(word())
            } else if Self.isDigit(byte) || (byte == UInt8(ascii: ".") && peek(1).map(Self.isDigit) == true && !followsOperand) {
                kind = try number()
            } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") {
                kind = .string(try string(byte))
            } else if byte == UInt8(ascii: "/"), !followsOperand {
                kind = try pattern()
            } else {
                kind = .symbol(try symbol())
            }
            tokens.append(Token(kind: kind, offset: start, end: position))
        }
        tokens.append(Token(kind: .end, offset: text.count, end: text.count))
    }

    func peek(_ ahead: Int = 0) -> UInt8? {
        position + ahead < text.count ? text[position + ahead] : nil
    }

    static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "$")
    }

    static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

    private mutating func skipBlanks() throws(Failure) {
        while let byte = peek() {
            if byte == 32 || (9...13).contains(byte) {
                position += 1
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "/") {
                while let next = peek(), next != 10 { position += 1 }
            } else if byte == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                let start = position
                position += 2
                while peek() != UInt8(ascii: "*") || peek(1) != UInt8(ascii: "/") {
                    guard position < text.count else { throw Failure(fault: .unexpectedToken(nil), offset: start) }
                    position += 1
                }
                position += 2
            } else {
                return
            }
        }
    }

    mutating func word() -> String {
        let start = position
        while let byte = peek(), Self.isLetter(byte) || Self.isDigit(byte) { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    mutating func digits(_ isDigit: (UInt8) -> Bool = Lexer.isDigit) {
        while let byte = peek(), isDigit(byte) { position += 1 }
    }

    /// Whether an operand stands before: a slash divides it then and begins no pattern, a point leads to its member.
    private var followsOperand: Bool {
        switch tokens.last?.kind {
        case .word(let word): word != "return"
        case .integer, .long, .float, .double, .string, .pattern: true
        case .symbol(let symbol): [")", "]", "}", "++", "--"].contains(symbol)
        case .end, nil: false
        }
    }

    private static let symbols: [[String]] = [
        [">>>="], ["===", "!==", "<<=", ">>=", ">>>", "==~"],
        [
            "==", "!=", "<=", ">=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<", ">>",
            "->", "?.", "?:", "=~", "::",
        ],
        [
            "+", "-", "*", "/", "%", "=", "<", ">", "!", "~", "&", "|", "^", "?", ":", ";", ",", ".", "(", ")", "[", "]",
            "{", "}",
        ],
    ]

    mutating func symbol() throws(Failure) -> String {
        for candidates in Self.symbols {
            for candidate in candidates where text[position...].starts(with: candidate.utf8) {
                // `a ?.5 : b` is no null-safe member.
                if candidate == "?.", peek(2).map(Self.isDigit) == true { continue }
                position += candidate.utf8.count
                return candidate
            }
        }
        let character = String(decoding: text[position...].prefix(4), as: UTF8.self).first.map(String.init) ?? ""
        throw Failure(fault: .unexpectedCharacter(character), offset: position)
    }
}
