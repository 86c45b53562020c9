/// What all parts of the syntax are read with.
extension LuceneSyntax {
    var peek: Character? { position < text.count ? text[position] : nil }

    mutating func skipSpace() {
        while let character = peek, character.isWhitespace { position += 1 }
    }

    func isText(_ wanted: String) -> Bool { text[position...].starts(with: wanted) }

    mutating func take(_ wanted: String) -> Bool {
        guard isText(wanted) else { return false }
        position += wanted.count
        return true
    }

    func isWord(_ wanted: String) -> Bool {
        guard isText(wanted) else { return false }
        let end = position + wanted.count
        return end == text.count || text[end].isWhitespace || text[end] == "(" || text[end] == ")"
    }

    mutating func takeWord(_ wanted: String) -> Bool {
        guard isWord(wanted) else { return false }
        position += wanted.count
        return true
    }

    func error(_ reason: String) -> QuerySyntaxError { QuerySyntaxError(position: position, reason: reason) }
}
