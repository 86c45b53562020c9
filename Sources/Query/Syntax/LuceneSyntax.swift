/// Reads Lucene's query language, as `query_string` does.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-query-string-query#query-string-syntax
struct LuceneSyntax {
    static let maximumDepth = 50
    static let maximumClauses = 1024

    private let text: [Character]
    private let needsAll: Bool
    private var position = 0
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

    private mutating func boosted(_ syntax: QuerySyntax) throws(QuerySyntaxError) -> QuerySyntax {
        guard take("^") else { return syntax }
        let start = position
        while let character = peek, character.isNumber || character == "." { position += 1 }
        guard let boost = Float(String(text[start..<position])), boost.isFinite else { throw error("a number is missing after [^]") }
        return .boosted(syntax, by: boost)
    }

    // MARK: Terms

    private struct Word {
        var text = ""
        /// With `\` before what is to be taken as it is.
        var pattern = ""
        var hasWildcards = false
    }

    private mutating func term(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        let first = try word()
        if let distance = try tilde() {
            guard distance.isEmpty || Double(distance) != nil else { throw error("a number is missing after [~]") }
            return try boosted(.fuzzy(field: field, first.text, distance.isEmpty ? nil : Self.fuzziness(distance, first.text)))
        }
        if first.hasWildcards {
            if first.pattern == "*" { return try boosted(field.map { .exists(field: $0) } ?? .matchAll) }
            let isPrefix = first.pattern.dropLast().allSatisfy { $0 != "*" && $0 != "?" && $0 != "\\" } && first.pattern.last == "*"
            return try boosted(
                isPrefix ? .prefix(field: field, String(first.text.dropLast())) : .wildcard(field: field, first.pattern))
        }
        // Words that only space parts are cut into terms together.
        var words = [first.text]
        while peek != "^" {
            let start = position
            skipSpace()
            guard position > start, isPlainWord() else {
                position = start
                break
            }
            let next = try word()
            let end = position
            skipSpace()
            let isOfOwn = next.hasWildcards || peek == "~" || peek == "^" || peek == ":" || isConjunctionNext()
            position = end
            if isOfOwn {
                position = start
                break
            }
            words.append(next.text)
        }
        let syntax = QuerySyntax.text(field: field, words.joined(separator: " "))
        return words.count == 1 ? try boosted(syntax) : syntax
    }

    /// Old shares of a term's length, and counts.
    private static func fuzziness(_ text: String, _ term: String) -> Fuzziness? {
        guard let number = Double(text) else { return nil }
        if number >= 1 { return .edits(min(2, Int(min(number, 2)))) }
        return .edits(min(2, Int((1 - number) * Double(term.unicodeScalars.count))))
    }

    private static let special: Set<Character> = ["(", ")", "\"", "[", "]", "{", "}", ":", "^", "~"]

    private func isPlainWord() -> Bool {
        guard let character = peek else { return false }
        if Self.special.contains(character) || ["+", "-", "!", "/", ">", "<"].contains(character) { return false }
        return !isConjunctionNext() && !isWord("NOT")
    }

    private func isConjunctionNext() -> Bool { isWord("AND") || isWord("OR") || isText("&&") || isText("||") }

    private mutating func word() throws(QuerySyntaxError) -> Word {
        var word = Word()
        while let character = peek, !character.isWhitespace, !Self.special.contains(character) {
            position += 1
            switch character {
            case "\\":
                guard let escaped = peek else { throw error("nothing follows [\\]") }
                position += 1
                word.text.append(escaped)
                word.pattern.append("\\")
                word.pattern.append(escaped)
            case "*", "?":
                word.hasWildcards = true
                word.text.append(character)
                word.pattern.append(character)
            default:
                word.text.append(character)
                word.pattern.append(character)
            }
        }
        if word.text.isEmpty { throw error(peek.map { "unexpected [\($0)]" } ?? "a clause is missing at the end") }
        return word
    }

    /// A word that a colon follows.
    private mutating func takeField() -> String? {
        let start = position
        guard let word = try? word() else {
            position = start
            return nil
        }
        guard peek == ":", !word.text.isEmpty else {
            position = start
            return nil
        }
        position += 1
        return word.text
    }

    private mutating func tilde() throws(QuerySyntaxError) -> String? {
        guard take("~") else { return nil }
        let start = position
        while let character = peek, character.isNumber || character == "." { position += 1 }
        return String(text[start..<position])
    }

    private mutating func quoted(_ quote: Character) throws(QuerySyntaxError) -> String {
        position += 1
        var content = ""
        while let character = peek {
            position += 1
            if character == quote { return content }
            if character == "\\", let escaped = peek {
                position += 1
                // A regular expression keeps its own escapes.
                if quote == "/", escaped != "/" { content.append("\\") }
                content.append(escaped)
            } else {
                content.append(character)
            }
        }
        throw error("[\(quote)] is missing")
    }

    // MARK: Ranges

    private mutating func range(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        let includesLower = peek == "["
        position += 1
        let lower = try rangeEnd()
        skipSpace()
        guard takeWord("TO") else { throw error("[TO] is missing") }
        let upper = try rangeEnd()
        skipSpace()
        guard let end = peek, end == "]" || end == "}" else { throw error("[]] is missing") }
        position += 1
        return .range(
            field: field, lower: lower.map { .init(text: $0, isInclusive: includesLower) },
            upper: upper.map { .init(text: $0, isInclusive: end == "]") })
    }

    private mutating func rangeEnd() throws(QuerySyntaxError) -> String? {
        skipSpace()
        if peek == "\"" { return try quoted("\"") }
        var content = ""
        while let character = peek, !character.isWhitespace, character != "]", character != "}" {
            position += 1
            if character == "\\", let escaped = peek {
                position += 1
                content.append(escaped)
            } else {
                content.append(character)
            }
        }
        if content.isEmpty { throw error("an end of a range is missing") }
        return content == "*" ? nil : content
    }

    private mutating func comparison(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        let isLower = peek == ">"
        position += 1
        let isInclusive = take("=")
        skipSpace()
        let bound = QuerySyntax.Bound(
            text: peek == "\"" ? try quoted("\"") : try word().text, isInclusive: isInclusive)
        return .range(field: field, lower: isLower ? bound : nil, upper: isLower ? nil : bound)
    }

    // MARK: Characters

    private var peek: Character? { position < text.count ? text[position] : nil }

    private mutating func skipSpace() {
        while let character = peek, character.isWhitespace { position += 1 }
    }

    private func isText(_ wanted: String) -> Bool { text[position...].starts(with: wanted) }

    private mutating func take(_ wanted: String) -> Bool {
        guard isText(wanted) else { return false }
        position += wanted.count
        return true
    }

    private func isWord(_ wanted: String) -> Bool {
        guard isText(wanted) else { return false }
        let end = position + wanted.count
        return end == text.count || text[end].isWhitespace || text[end] == "(" || text[end] == ")"
    }

    private mutating func takeWord(_ wanted: String) -> Bool {
        guard isWord(wanted) else { return false }
        position += wanted.count
        return true
    }

    private func error(_ reason: String) -> QuerySyntaxError { QuerySyntaxError(position: position, reason: reason) }
}
