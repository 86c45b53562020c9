/// `[a TO b]`, `{a TO b}`, `>a`, `<=b`.
extension LuceneSyntax {
    mutating func range(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
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

    mutating func rangeEnd() throws(QuerySyntaxError) -> String? {
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

    mutating func comparison(field: String?) throws(QuerySyntaxError) -> QuerySyntax {
        let isLower = peek == ">"
        position += 1
        let isInclusive = take("=")
        skipSpace()
        let bound = QuerySyntax.Bound(
            text: peek == "\"" ? try quoted("\"") : try word().text, isInclusive: isInclusive)
        return .range(field: field, lower: isLower ? bound : nil, upper: isLower ? nil : bound)
    }
}
