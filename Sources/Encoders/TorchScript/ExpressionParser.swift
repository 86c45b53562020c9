/// Parses the expressions of one line.
struct ExpressionParser {
    private typealias Token = ScriptLexer.Token
    typealias Malformed = ScriptLexer.Malformed

    /// Deeper nesting than torch writes: it names what gets long.
    private static let maximumDepth = 48

    private let line: ScriptLexer.Line
    private var position = 0
    private var depth = 0

    init(_ line: ScriptLexer.Line) { self.line = line }

    var isAtEnd: Bool { position == line.tokens.count }

    private var next: Token? { position < line.tokens.count ? line.tokens[position] : nil }

    private var malformed: Malformed { Malformed(line: line.number) }

    mutating func skip(_ count: Int) { position += count }

    mutating func expect(_ symbol: String) throws(Malformed) {
        guard take(symbol) else { throw malformed }
    }

    private mutating func take(_ symbol: String) -> Bool {
        guard next == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    /// An expression that goes to the end of the line; several with commas between them are a tuple.
    mutating func whole() throws(Malformed) -> ScriptExpression {
        let first = try part()
        guard !isAtEnd else { return first }
        var items = [first]
        while take(","), !isAtEnd { items.append(try part()) }
        guard isAtEnd else { throw malformed }
        return .list(items)
    }

    mutating func part() throws(Malformed) -> ScriptExpression {
        guard depth < Self.maximumDepth else { throw malformed }
        depth += 1
        defer { depth -= 1 }
        var expression = try atom(), links = 0
        while links < Self.maximumDepth {
            links += 1
            if take(".") {
                guard case .name(let name) = next else { throw malformed }
                position += 1
                expression = .attribute(expression, name)
            } else if take("(") {
                expression = try call(of: expression)
            } else if take("[") {
                _ = try items(until: "]")
                expression = .subscripted(expression)
            } else {
                return expression
            }
        }
        throw malformed
    }

    private mutating func atom() throws(Malformed) -> ScriptExpression {
        guard let token = next else { throw malformed }
        position += 1
        switch token {
        case .name("None"): return .none
        case .name("True"): return .bool(true)
        case .name("False"): return .bool(false)
        case .name(let name): return .name(name)
        case .string(let text): return .string(text)
        case .number(let text): return try number(text, negative: false)
        case .symbol("-"):
            guard case .number(let text) = next else {
                guard next == .name("inf") else { throw malformed }
                position += 1
                return .double(-.infinity)
            }
            position += 1
            return try number(text, negative: true)
        case .symbol("["): return .list(try items(until: "]"))
        case .symbol("("):
            if take(")") { return .list([]) }
            let first = try part()
            if take(")") { return first }
            try expect(",")
            return .list([first] + (try items(until: ")")))
        case .symbol: throw malformed
        }
    }

    private func number(_ text: String, negative: Bool) throws(Malformed) -> ScriptExpression {
        let signed = negative ? "-" + text : text
        if let integer = Int(signed) { return .integer(integer) }
        // Python's `1.` is not Swift's.
        guard let double = Double(signed.hasSuffix(".") ? signed + "0" : signed) else { throw malformed }
        return .double(double)
    }

    private mutating func items(until end: String) throws(Malformed) -> [ScriptExpression] {
        var items: [ScriptExpression] = []
        while !take(end) {
            items.append(try part())
            guard take(",") || next == .symbol(end) else { throw malformed }
        }
        return items
    }

    private mutating func call(of function: ScriptExpression) throws(Malformed) -> ScriptExpression {
        var arguments: [ScriptExpression] = [], keywords: [(name: String, value: ScriptExpression)] = []
        while !take(")") {
            if case .name(let name) = next, position + 1 < line.tokens.count, line.tokens[position + 1] == .symbol("=") {
                position += 2
                keywords.append((name, try part()))
            } else {
                arguments.append(try part())
            }
            guard take(",") || next == .symbol(")") else { throw malformed }
        }
        return .call(function, arguments, keywords)
    }
}
