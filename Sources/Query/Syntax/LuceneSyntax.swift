/// Reads Lucene's query language, as `query_string` does.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query#query-string-syntax
struct LuceneSyntax {
    static let maximumDepth = 50
    static let maximumClauses = 1024

    let text: [Character]
    private let needsAll: Bool
    var position = 0
    private var depth = 0
    private var clauses = 0

    /// - Parameter needsAll: whether clauses without an operator between them must all match.
    static func parse(_ text: String, needsAll: Bool) throws(QuerySyntaxError) -> QuerySyntax {
        var parser = LuceneSyntax(text: Array(text), needsAll: needsAll)
        let syntax = try parser.clauses(field: nil)
        if parser.position < parser.text.count { throw parser.error("unexpected [\(parser.text[parser.position])]") }
        return syntax
    }

    private init(text: [Character], needsAll: Bool) {
        self.text = text
        self.needsAll = needsAll
    }

    // MARK: Clauses

    /// As Lucene has it, an operator binds the clauses on both of its sides, the nearest last: there is no precedence.
    private mutating func clauses(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw error("more than \(Self.maximumDepth) groups in one another") }
        var found: [QuerySyntax.Clause] = []
        while true {
            skipSpace()
            let conjunction = found.isEmpty ? nil : self.conjunction()
            skipSpace()
            guard position < text.count, text[position] != ")" else {
                if conjunction != nil { throw error("a clause is missing at the end") }
                break
            }
            clauses += 1
            guard clauses <= Self.maximumClauses else { throw error("more than \(Self.maximumClauses) clauses") }
            let modifier = self.modifier()
            let syntax = try clause(field: field)
            if conjunction == .and, let last = found.last, last.occurrence == .should { found[found.count - 1].occurrence = .must }
            if conjunction == .or, needsAll, let last = found.last, last.occurrence == .must {
                found[found.count - 1].occurrence = .should
            }
            let isRequired = conjunction == .and || (needsAll && conjunction != .or)
            let occurrence: QuerySyntax.Occurrence =
                switch modifier {
                case .must: .must
                case .mustNot: .mustNot
                case nil: isRequired ? .must : .should
                }
            found.append(QuerySyntax.Clause(occurrence: occurrence, syntax: syntax))
        }
        if found.count == 1, found[0].occurrence != .mustNot { return found[0].syntax }
        return .all(found)
    }

    private enum Conjunction { case and, or }
    private enum Modifier { case must, mustNot }

    private mutating func conjunction() -> Conjunction? {
        if takeWord("AND") || take("&&") { return .and }
        if takeWord("OR") || take("||") { return .or }
        return nil
    }

    private mutating func modifier() -> Modifier? {
        if takeWord("NOT") { return .mustNot }
        guard let character = peek, position + 1 < text.count, !text[position + 1].isWhitespace else { return nil }
        switch character {
        case "+":
            position += 1
            return .must
        case "-", "!":
            position += 1
            return .mustNot
        default: return nil
        }
    }

    private mutating func clause(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        skipSpace()
        if peek == "*", take("*:*") { return try boosted(.matchAll) }
        var field = field
        if let name = takeField() { field = name }
        skipSpace()
        guard let character = peek else { throw error("a clause is missing at the end") }
        switch character {
        case "(":
            position += 1
            let inner = try clauses(field: field)
            guard take(")") else { throw error("[)] is missing") }
            return try boosted(inner)
        case "\"":
            let phrase = try quoted("\"")
            return try boosted(.phrase(field: field, phrase, slop: try tilde().flatMap { Double($0) }.map { Int(clamping: Int64($0)) }))
        case "/":
            return try boosted(.regexp(field: field, try quoted("/")))
        case "[", "{": return try boosted(try range(field: field))
        case ">", "<": return try boosted(try comparison(field: field))
        case ")", "]", "}", ":", "^", "~": throw error("unexpected [\(character)]")
        default: return try term(field: field)
        }
    }

    mutating func boosted(_ syntax: QuerySyntax) throws(QuerySyntaxError) -> QuerySyntax {
        guard take("^") else { return syntax }
        let start = position
        while let character = peek, character.isNumber || character == "." { position += 1 }
        guard let boost = Float(String(text[start..<position])), boost.isFinite else { throw error("a number is missing after [^]") }
        return .boosted(syntax, by: boost)
    }
}
