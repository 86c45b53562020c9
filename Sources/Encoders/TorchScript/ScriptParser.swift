/// Parses the body of one function: the part of Python's grammar that torch writes.
///
/// Source: PyTorch, torch/csrc/jit/serialization/python_print.cpp.
struct ScriptParser {
    typealias Malformed = ScriptLexer.Malformed
    typealias Token = ScriptLexer.Token

    /// Deeper nesting than torch writes: it names what gets long.
    private static let maximumDepth = 64

    private let lines: ArraySlice<ScriptLexer.Line>
    private var index: Int

    /// The statements of `lines`.
    static func body(_ lines: ArraySlice<ScriptLexer.Line>) throws(Malformed) -> [ScriptStatement] {
        guard let first = lines.first else { return [] }
        var parser = ScriptParser(lines: lines, index: lines.startIndex)
        let statements = try parser.block(indentation: first.indentation, depth: 0)
        guard parser.index == lines.endIndex else { throw Malformed(line: lines[parser.index].number) }
        return statements
    }

    /// The names before the colons of `(self: …, input_ids: Tensor, …)`.
    static func parameters(_ header: ScriptLexer.Line) -> [String] {
        var names: [String] = [], depth = 0
        for (token, following) in zip(header.tokens, header.tokens.dropFirst()) {
            switch token {
            case .symbol("("), .symbol("["): depth += 1
            case .symbol(")"), .symbol("]"): depth -= 1
            case .name(let name) where depth == 1 && following == .symbol(":"): names.append(name)
            default: break
            }
        }
        return names
    }

    private init(lines: ArraySlice<ScriptLexer.Line>, index: Int) {
        self.lines = lines
        self.index = index
    }

    private mutating func block(indentation: Int, depth: Int) throws(Malformed) -> [ScriptStatement] {
        var statements: [ScriptStatement] = []
        while index < lines.endIndex, lines[index].indentation == indentation {
            statements.append(try statement(depth: depth))
        }
        return statements
    }

    private mutating func inner(of line: ScriptLexer.Line, depth: Int) throws(Malformed) -> [ScriptStatement] {
        guard index < lines.endIndex, lines[index].indentation > line.indentation, depth < Self.maximumDepth else {
            throw Malformed(line: line.number)
        }
        return try block(indentation: lines[index].indentation, depth: depth + 1)
    }

    private mutating func statement(depth: Int) throws(Malformed) -> ScriptStatement {
        let line = lines[index]
        index += 1
        var expression = ExpressionParser(line)
        switch line.tokens[0] {
        case .name("return"):
            expression.skip(1)
            if expression.isAtEnd { return .give(.none) }
            return .give(try expression.whole())
        case .name("if"):
            expression.skip(1)
            let condition = try expression.part()
            try expression.expect(":")
            let then = try inner(of: line, depth: depth)
            var otherwise: [ScriptStatement] = []
            if index < lines.endIndex, lines[index].indentation == line.indentation,
                lines[index].tokens.first == .name("else")
            {
                index += 1
                otherwise = try inner(of: line, depth: depth)
            }
            return .branch(condition, then: then, otherwise: otherwise)
        case .name(let keyword) where ["for", "while", "with", "def"].contains(keyword):
            _ = try inner(of: line, depth: depth)
            return .other(keyword)
        case .name(let keyword) where ["pass", "assert", "import"].contains(keyword):
            return keyword == "pass" ? .evaluate(.none) : .other(keyword)
        default:
            guard let equals = Self.assignment(in: line.tokens) else { return .evaluate(try expression.whole()) }
            guard let names = Self.targets(line.tokens[..<equals]) else { return .other("assignment to an attribute") }
            expression.skip(equals + 1)
            return .assign(names, try expression.whole())
        }
    }

    /// Where the `=` outside of all brackets stands.
    private static func assignment(in tokens: [Token]) -> Int? {
        var depth = 0
        for (index, token) in tokens.enumerated() {
            switch token {
            case .symbol("("), .symbol("["): depth += 1
            case .symbol(")"), .symbol("]"): depth -= 1
            case .symbol("=") where depth == 0: return index
            default: break
            }
        }
        return nil
    }

    /// `a`, `a, b` or `a,`; nil for anything else.
    private static func targets(_ tokens: ArraySlice<Token>) -> [String]? {
        var names: [String] = []
        for token in tokens {
            switch token {
            case .name(let name): names.append(name)
            case .symbol(","), .symbol("("), .symbol(")"): continue
            default: return nil
            }
        }
        return names
    }
}
