/// Reads `simple_query_string`'s language: what makes no sense is left out.
///
/// `+` is and, `|` or, `-` not, `"…"` a phrase, `*` at a word's end a prefix, `~N` edits of a word or moves within a phrase, and
/// `(…)` a group.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-simple-query-string-query
struct SimpleSyntax {
    private static let maximumDepth = 50

    private let text: [Character]
    private let needsAll: Bool
    private var position = 0
    private var depth = 0
    private var clauses = 0

    static func parse(_ text: String, needsAll: Bool) -> QuerySyntax {
        var parser = SimpleSyntax(text: Array(text), needsAll: needsAll)
        return parser.group()
    }

    private init(text: [Character], needsAll: Bool) {
        self.text = text
        self.needsAll = needsAll
    }

    private mutating func group() -> QuerySyntax {
        depth += 1
        defer { depth -= 1 }
        var found: [QuerySyntax.Clause] = []
        var conjunction: Character?
        var isNegative = false
        while position < text.count, clauses < LuceneSyntax.maximumClauses {
            let character = text[position]
            switch character {
            case " ", "\t", "\n", "\r": position += 1
            case "+", "|":
                conjunction = character
                position += 1
            case "-":
                isNegative.toggle()
                position += 1
            case ")":
                position += 1
                if depth > 1 { return Self.joined(found) }
            default:
                let syntax: QuerySyntax
                if character == "(", depth < Self.maximumDepth {
                    position += 1
                    syntax = group()
                } else if character == "\"" {
                    syntax = phrase()
                } else {
                    syntax = word()
                }
                clauses += 1
                append(syntax, to: &found, conjunction, isNegative)
                conjunction = nil
                isNegative = false
            }
        }
        return Self.joined(found)
    }

    /// As Lucene's parser builds it, from the left: another operator than the one before makes what there is one clause.
    private func append(
        _ syntax: QuerySyntax, to found: inout [QuerySyntax.Clause], _ conjunction: Character?, _ isNegative: Bool
    ) {
        if case .all(let clauses) = syntax, clauses.isEmpty { return }
        let occurrence: QuerySyntax.Occurrence =
            switch conjunction {
            case "+": .must
            case "|": .should
            default: needsAll ? .must : .should
            }
        if let first = found.first, found.count == 1, found[0].occurrence != occurrence {
            found = [.init(occurrence: occurrence, syntax: first.syntax)]
        } else if found.contains(where: { $0.occurrence != occurrence }) {
            found = [.init(occurrence: occurrence, syntax: .all(found))]
        }
        let clause = isNegative ? QuerySyntax.all([.init(occurrence: .mustNot, syntax: syntax)]) : syntax
        found.append(.init(occurrence: occurrence, syntax: clause))
    }

    private static func joined(_ clauses: [QuerySyntax.Clause]) -> QuerySyntax {
        clauses.count == 1 && clauses[0].occurrence != .mustNot ? clauses[0].syntax : .all(clauses)
    }

    private mutating func phrase() -> QuerySyntax {
        position += 1
        var content = ""
        while position < text.count {
            let character = text[position]
            position += 1
            if character == "\"" { return .phrase(field: nil, content, slop: number()) }
            if character == "\\", position < text.count {
                content.append(text[position])
                position += 1
            } else {
                content.append(character)
            }
        }
        // Without its end it is words.
        return .text(field: nil, content)
    }

    private mutating func word() -> QuerySyntax {
        var content = "", isEscaped = false
        while position < text.count {
            let character = text[position]
            if character == "\\", position + 1 < text.count {
                content.append(text[position + 1])
                isEscaped = true
                position += 2
                continue
            }
            if character.isWhitespace || ["+", "|", ")", "(", "\""].contains(character) && !content.isEmpty { break }
            if character == "~", !content.isEmpty {
                if let edits = number() { return .fuzzy(field: nil, content, .edits(min(2, edits))) }
                content.append("~")
                position += 1
                continue
            }
            isEscaped = false
            content.append(character)
            position += 1
        }
        if content.count > 1, content.last == "*", !isEscaped { return .prefix(field: nil, String(content.dropLast())) }
        return content == "*" ? .matchAll : .text(field: nil, content)
    }

    /// What follows `~`.
    private mutating func number() -> Int? {
        guard position < text.count, text[position] == "~" else { return nil }
        var end = position + 1
        while end < text.count, text[end].isASCII, text[end].isNumber { end += 1 }
        guard end > position + 1, let number = Int32(String(text[(position + 1)..<end])) else { return nil }
        position = end
        return Int(number)
    }
}
