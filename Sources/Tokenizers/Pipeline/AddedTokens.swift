/// Tokens that are recognised in text as they stand, with what a `tokenizer.json` says of each.
///
/// Source: https://github.com/huggingface/tokenizers, src/tokenizer/added_vocabulary.rs.
struct AddedTokens: Sendable {
    struct Token: Sendable {
        var content: String
        var id: Int32
        /// The white space before and behind it belongs to it.
        var stripsLeft = false
        var stripsRight = false
        /// It is looked for in normalised text, after those that are looked for in the text as written.
        var isNormalised = false
    }

    enum Segment {
        /// Not empty, as written.
        case text(Substring)
        case token(Int32)
    }

    private let tokens: SpecialTokens
    private let stripsLeft: Set<Int32>
    private let stripsRight: Set<Int32>
    private let isSpace: @Sendable (Unicode.Scalar) -> Bool

    init(_ tokens: [Token], isSpace: @escaping @Sendable (Unicode.Scalar) -> Bool = { $0.properties.isWhitespace }) {
        self.tokens = SpecialTokens(tokens.map { ($0.content, $0.id) })
        stripsLeft = Set(tokens.filter(\.stripsLeft).map(\.id))
        stripsRight = Set(tokens.filter(\.stripsRight).map(\.id))
        self.isSpace = isSpace
    }

    /// Cuts `text` at the tokens.
    ///
    /// - Complexity: O(*n*).
    func segments(of text: String) -> [Segment] {
        var result: [Segment] = [], followsStripping = false
        for segment in tokens.segments(of: text) {
            switch segment {
            case .token(let id):
                if stripsLeft.contains(id), case .text(let text) = result.last {
                    result.removeLast()
                    append(trimmedEnd(text), to: &result)
                }
                result.append(.token(id))
                followsStripping = stripsRight.contains(id)
            case .text(let text):
                append(followsStripping ? trimmedStart(text) : text, to: &result)
                followsStripping = false
            }
        }
        return result
    }

    private func append(_ text: Substring, to result: inout [Segment]) {
        if !text.isEmpty { result.append(.text(text)) }
    }

    private func trimmedStart(_ text: Substring) -> Substring {
        Substring(text.unicodeScalars.drop(while: isSpace))
    }

    private func trimmedEnd(_ text: Substring) -> Substring {
        var scalars = text.unicodeScalars
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return Substring(scalars)
    }
}
