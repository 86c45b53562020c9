/// Cuts a statement into words.
struct SQLLexer {
    /// Of a statement, in Unicode scalars.
    static let maximumLength = 1_000_000

    let scalars: [Unicode.Scalar]
    private var position = 0
    private var line = 1
    private var lineStart = 0

    /// - Throws: `SQLError.tooLong`.
    init(_ text: String) throws(SQLError) {
        guard text.unicodeScalars.count <= Self.maximumLength else { throw .tooLong(limit: Self.maximumLength) }
        scalars = Array(text.unicodeScalars)
    }

    /// All words, and the end.
    ///
    /// - Complexity: O(length).
    /// - Throws: `SQLError`.
    static func tokens(_ text: String) throws(SQLError) -> (tokens: [SQLToken], scalars: [Unicode.Scalar]) {
        var lexer = try SQLLexer(text)
        var tokens: [SQLToken] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return (tokens, lexer.scalars) }
        }
    }

    private func scalar(_ offset: Int = 0) -> Unicode.Scalar? {
        position + offset < scalars.count ? scalars[position + offset] : nil
    }

    private mutating func advance() {
        if scalar() == "\n" {
            line += 1
            lineStart = position + 1
        }
        position += 1
    }

    private func source(from start: Int, _ line: Int, _ column: Int) -> SQLSource {
        SQLSource(text: SQLLexer.text(scalars[start..<position]), line: line, column: column)
    }

    static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text)
    }

    private mutating func next() throws(SQLError) -> SQLToken {
        try skipSpace()
        let start = position, line = line, column = position - lineStart + 1
        let kind = try kind(line, column)
        return SQLToken(kind: kind, source: source(from: start, line, column), range: start..<position)
    }

    private mutating func kind(_ line: Int, _ column: Int) throws(SQLError) -> SQLToken.Kind {
        let start = position
        switch scalar() {
        case nil: return .end
        case "'": return .string(try quoted("'", start, line, column))
        case "\"": return .quoted(try quoted("\"", start, line, column))
        case "`":
            advance()
            throw .backquoted(source(from: start, line, column))
        case let first? where first.isDigit || first == "." && scalar(1)?.isDigit == true: return try number(start, line, column)
        case let first? where first.isNameStart:
            while let next = scalar(), next.isNamePart { advance() }
            return .word
        default:
            let pair = scalar().map { String($0) + (scalar(1).map { String($0) } ?? "") }
            advance()
            if let pair, ["<>", "!=", "<=", ">=", "||", "::"].contains(pair) { advance() }
            return .symbol
        }
    }

    /// Spaces and comments: `-- …` up to the line's end, `/* … */`.
    private mutating func skipSpace() throws(SQLError) {
        while let next = scalar() {
            if next.properties.isWhitespace {
                advance()
            } else if next == "-", scalar(1) == "-" {
                while let next = scalar(), next != "\n" { advance() }
            } else if next == "/", scalar(1) == "*" {
                let start = position, line = line, column = position - lineStart + 1
                advance()
                advance()
                while scalar() != nil, !(scalar() == "*" && scalar(1) == "/") { advance() }
                guard scalar() != nil else { throw .unterminated(source(from: start, line, column)) }
                advance()
                advance()
            } else {
                return
            }
        }
    }

    /// What stands in quotes; a quote in it is doubled.
    private mutating func quoted(
        _ quote: Unicode.Scalar, _ start: Int, _ line: Int, _ column: Int
    ) throws(SQLError) -> String {
        var text = String.UnicodeScalarView()
        advance()
        while let next = scalar() {
            advance()
            if next == quote {
                guard scalar() == quote else { return String(text) }
                advance()
            }
            text.append(next)
        }
        throw .unterminated(source(from: start, line, column))
    }

    private mutating func number(_ start: Int, _ line: Int, _ column: Int) throws(SQLError) -> SQLToken.Kind {
        var isDecimal = false
        while let next = scalar(), next.isDigit { advance() }
        if scalar() == ".", scalar(1)?.isDigit == true || scalar(1)?.isNameStart != true {
            isDecimal = true
            advance()
            while let next = scalar(), next.isDigit { advance() }
        }
        let sign = scalar(1) == "+" || scalar(1) == "-" ? 1 : 0
        if scalar() == "e" || scalar() == "E", scalar(1 + sign)?.isDigit == true {
            isDecimal = true
            for _ in 0...sign { advance() }
            while let next = scalar(), next.isDigit { advance() }
        }
        // `2024_logs` is the name of a table.
        if !isDecimal, let next = scalar(), next.isNamePart {
            while let next = scalar(), next.isNamePart { advance() }
            return .word
        }
        let source = source(from: start, line, column)
        if isDecimal {
            guard let value = Double(source.text.hasSuffix(".") ? source.text + "0" : source.text), value.isFinite else {
                throw .numberTooLarge(source)
            }
            return .decimal(value)
        }
        guard let value = Int64(source.text) else { throw .numberTooLarge(source) }
        return .integer(value)
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isNameStart: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }
    fileprivate var isNamePart: Bool { isNameStart || isDigit || self == "@" }
}
