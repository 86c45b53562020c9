/// Cuts text into words by GPT-2's pattern:
/// `'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`.
enum ByteLevelWordSplitter {
    private static let contractions = ["'s", "'t", "'re", "'ve", "'m", "'ll", "'d"].map { Array($0.unicodeScalars) }

    /// Calls `body` with the UTF-8 of each word, the space before it included.
    static func forEachWord(in text: Substring, _ body: ([UInt8]) -> Void) {
        let scalars = Array(text.unicodeScalars)
        var position = 0
        while position < scalars.count {
            let end = endOfWord(in: scalars, from: position)
            var bytes: [UInt8] = []
            for scalar in scalars[position..<end] { bytes += UTF8.encode(scalar).map(Array.init) ?? [] }
            body(bytes)
            position = end
        }
    }

    private static func endOfWord(in scalars: [Unicode.Scalar], from start: Int) -> Int {
        if scalars[start] == "'", let match = contractions.first(where: { scalars[start...].starts(with: $0) }) {
            return start + match.count
        }
        let hasSpace = scalars[start] == " " && start + 1 < scalars.count, first = hasSpace ? start + 1 : start
        let kind = CharacterClass(scalars[first])
        if kind != .space { return endOfRun(of: kind, in: scalars, from: first) }
        // The last white space belongs to the word behind it, if that is a space, or stands alone.
        let end = endOfRun(of: .space, in: scalars, from: start)
        return end == scalars.count || end == start + 1 ? end : end - 1
    }

    private static func endOfRun(of kind: CharacterClass, in scalars: [Unicode.Scalar], from start: Int) -> Int {
        scalars[start...].firstIndex { CharacterClass($0) != kind } ?? scalars.count
    }
}
