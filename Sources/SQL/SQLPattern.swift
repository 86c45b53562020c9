/// A pattern of `LIKE`: `%` stands for any characters, `_` for one.
public struct SQLPattern: Equatable, Sendable {
    enum Piece: Equatable {
        case character(Character)
        case any, one
    }

    let pieces: [Piece]

    /// - Parameters:
    ///   - escape: takes the meaning from `%`, `_` and itself.
    ///   - source: what an error points to.
    /// - Throws: `SQLError.invalidPattern`.
    init(_ text: String, escape: Character?, _ source: SQLSource) throws(SQLError) {
        var pieces: [Piece] = []
        var isEscaped = false
        for character in text {
            if isEscaped, let escape {
                guard character == "%" || character == "_" || character == escape else {
                    throw .invalidPattern(source, escape: escape)
                }
                pieces.append(.character(character))
                isEscaped = false
            } else if character == escape {
                isEscaped = true
            } else if character != "%" || pieces.last != .any {
                pieces.append(character == "%" ? .any : character == "_" ? .one : .character(character))
            }
        }
        if isEscaped, let escape { throw .invalidPattern(source, escape: escape) }
        self.pieces = pieces
    }

    /// The text that alone matches; nil if there are others.
    public var exact: String? {
        var text = ""
        for piece in pieces {
            guard case .character(let character) = piece else { return nil }
            text.append(character)
        }
        return text
    }

    /// In Lucene's notation: `*` and `?`.
    public var wildcard: String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .any: text.append("*")
            case .one: text.append("?")
            case .character(let character):
                if "*?\\".contains(character) { text.append("\\") }
                text.append(character)
            }
        }
        return text
    }

    /// - Complexity: O(square of the length of the text), or O(length of the pattern).
    public func matches(_ text: String) -> Bool {
        let characters = Array(text)
        guard pieces.count(where: { $0 != .any }) <= characters.count else { return false }
        // Which beginnings of the text are matched by the pieces so far.
        var reached = [true] + Array(repeating: false, count: characters.count)
        for piece in pieces {
            var next = Array(repeating: false, count: reached.count)
            for end in reached.indices {
                switch piece {
                case .any: next[end] = reached[end] || end > 0 && next[end - 1]
                case .one: next[end] = end > 0 && reached[end - 1]
                case .character(let character): next[end] = end > 0 && reached[end - 1] && characters[end - 1] == character
                }
            }
            reached = next
        }
        return reached.last ?? false
    }
}
