/// Reads tokens as a script, and resolves its names.
///
/// Source of the grammar: https://www.elastic.co/docs/reference/scripting-languages/painless/painless-language-specification
struct Parser {
    /// Levels of nesting, so that neither reading nor running a script exhausts the stack.
    static let maximumDepth = 100
    /// Operators in one chain, which nest to the left.
    static let maximumChain = 200

    struct Failure: Error {
        var fault: ScriptFault
        var offset: Int
    }

    let surroundings: ScriptSurroundings
    private let tokens: [Token]
    private var position = 0
    private var depth = 0
    var program = ScriptProgram()
    var scope = Scope()
    /// Names of declared functions, with how many parameters they have.
    var functionNames: [String: [(number: Int, parameters: Int)]] = [:]
    /// Types of the variables that were read last, by slot: what an assignment to one converts to.
    var localTypes: [Int: ScriptType] = [:]
    /// Left-nested operators of the expression that is being read.
    var chain = 0

    static func parse(_ source: String, _ surroundings: ScriptSurroundings) throws(Failure) -> ScriptProgram {
        let tokens: [Token]
        do {
            tokens = try Lexer.tokens(of: source)
        } catch {
            throw Failure(fault: error.fault, offset: error.offset)
        }
        var parser = Parser(tokens, surroundings)
        try parser.functions()
        parser.program.body = try parser.statements(until: .end)
        parser.program.slots = parser.scope.slots
        return parser.program
    }

    private init(_ tokens: [Token], _ surroundings: ScriptSurroundings) {
        self.tokens = tokens
        self.surroundings = surroundings
    }

    // MARK: Tokens

    var token: Token { tokens[min(position, tokens.count - 1)] }

    /// The end of the token before.
    var lastEnd: Int { position > 0 ? tokens[min(position, tokens.count) - 1].end : 0 }

    func peek(_ ahead: Int) -> Token.Kind { tokens[min(position + ahead, tokens.count - 1)].kind }

    mutating func advance() { position += 1 }

    mutating func take(_ symbol: String) -> Bool {
        guard token.kind == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    mutating func takeWord(_ word: String) -> Bool {
        guard token.kind == .word(word) else { return false }
        position += 1
        return true
    }

    mutating func expect(_ symbol: String) throws(Failure) {
        guard take(symbol) else { throw unexpected }
    }

    mutating func name() throws(Failure) -> String {
        guard case .word(let name) = token.kind, !Self.keywords.contains(name) else { throw unexpected }
        position += 1
        return name
    }

    var mark: Int {
        get { position }
        set { position = newValue }
    }

    /// The error for what stands where it cannot.
    var unexpected: Failure {
        let text: String? =
            switch token.kind {
            case .word(let word): word
            case .integer(let value): String(value)
            case .long(let value): "\(value)L"
            case .float(let value): "\(value)f"
            case .double(let value): String(value)
            case .string(let value): "'\(value)'"
            case .pattern(let pattern, let flags): "/\(pattern)/\(flags)"
            case .symbol(let symbol): symbol
            case .end: nil
            }
        return Failure(fault: .unexpectedToken(text), offset: token.offset)
    }

    /// Reads something one level further down.
    mutating func nested<Value>(_ read: (inout Parser) throws(Failure) -> Value) throws(Failure) -> Value {
        depth += 1
        guard depth <= Self.maximumDepth else { throw Failure(fault: .tooComplex, offset: token.offset) }
        let outer = chain
        defer {
            depth -= 1
            chain = outer
        }
        return try read(&self)
    }

    static let keywords: Set<String> = [
        "if", "else", "while", "do", "for", "in", "continue", "break", "return", "new", "try", "catch", "throw", "this",
        "instanceof", "true", "false", "null",
    ]

    // MARK: Types

    /// A type's name at the current position, if there is one; nothing is taken otherwise.
    mutating func type() -> (type: ScriptType, name: String)? {
        guard case .word(var name) = token.kind else { return nil }
        var length = 1
        // `java.util.List`, `Map.Entry`
        while peek(length) == .symbol("."), case .word(let part) = peek(length + 1),
            ScriptType(name) == nil || ScriptType(name + "." + part) != nil
        {
            name += "." + part
            length += 2
        }
        let simple = name.hasPrefix("java.") ? name.split(separator: ".").last.map(String.init) ?? name : name
        guard var type = ScriptType(simple) else { return nil }
        position += length
        while peek(0) == .symbol("["), peek(1) == .symbol("]") {
            type.arrayDepth += 1
            type.isReference = true
            position += 2
        }
        return (type, simple)
    }

    /// A type where one must stand.
    mutating func requiredType() throws(Failure) -> (type: ScriptType, name: String) {
        if let type = type() { return type }
        guard case .word(let name) = token.kind else { throw unexpected }
        throw Failure(fault: .unknownType(name), offset: token.offset)
    }
}
