/// How a `tokenizer.json` cuts normalised text before the model sees it.
///
/// Source: https://github.com/huggingface/tokenizers, src/pre_tokenizers.
enum WordSplitter: Sendable {
    enum Prefix: String, Sendable {
        case always, first, never
    }

    /// Not at all.
    case none
    /// Behind every space.
    case spaces
    /// Spaces become `mark`, which is also put before a text; cut before every mark, if at all.
    case marks(Unicode.Scalar, prefix: Prefix, cuts: Bool)

    /// - Parameter isFirst: Whether the text stands at the very beginning.
    /// - Complexity: O(*n*).
    func words(of scalars: [Unicode.Scalar], isFirst: Bool) -> [ArraySlice<Unicode.Scalar>] {
        guard !scalars.isEmpty else { return [] }
        switch self {
        case .none: return [scalars[...]]
        case .spaces: return Self.cut(scalars) { $0 > 0 && scalars[$0 - 1] == " " }
        case .marks(let mark, let prefix, let cuts):
            var marked = scalars.map { $0 == " " ? mark : $0 }
            let wantsPrefix = prefix == .always || prefix == .first && isFirst
            if wantsPrefix, marked[0] != mark { marked.insert(mark, at: 0) }
            return cuts ? Self.cut(marked) { $0 > 0 && marked[$0] == mark } : [marked[...]]
        }
    }

    private static func cut(
        _ scalars: [Unicode.Scalar], before isStart: (Int) -> Bool
    ) -> [ArraySlice<Unicode.Scalar>] {
        var words: [ArraySlice<Unicode.Scalar>] = [], start = 0
        for index in scalars.indices where isStart(index) {
            words.append(scalars[start..<index])
            start = index
        }
        words.append(scalars[start...])
        return words
    }
}
