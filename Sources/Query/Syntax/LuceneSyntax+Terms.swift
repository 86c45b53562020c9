/// Words, with what may follow them.
extension LuceneSyntax {
    struct Word {
        var text = ""
        /// With `\` before what is to be taken as it is.
        var pattern = ""
        var hasWildcards = false
    }

    mutating func term(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
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

    func isPlainWord() -> Bool {
        guard let character = peek else { return false }
        if Self.special.contains(character) || ["+", "-", "!", "/", ">", "<"].contains(character) { return false }
        return !isConjunctionNext() && !isWord("NOT")
    }

    func isConjunctionNext() -> Bool { isWord("AND") || isWord("OR") || isText("&&") || isText("||") }

    mutating func word() throws(QuerySyntaxError) -> Word {
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
    mutating func takeField() -> String? {
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

    mutating func tilde() throws(QuerySyntaxError) -> String? {
        guard take("~") else { return nil }
        let start = position
        while let character = peek, character.isNumber || character == "." { position += 1 }
        return String(text[start..<position])
    }

    mutating func quoted(_ quote: Character) throws(QuerySyntaxError) -> String {
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
}
