/// Removes words that carry no meaning.
struct StopFilter: TokenFilter {
    private let words: Set<String>
    private let ignoresCase: Bool
    /// Longer terms, in bytes, are not looked up; letters may change their length with their case.
    private let longest: Int
    /// Keeps a stop word at the end, which may be the beginning of another: for completion.
    private let removesTrailing: Bool

    init(_ words: Set<String>, ignoresCase: Bool = false, removesTrailing: Bool = true) {
        self.words = ignoresCase ? Set(words.map(\.simplyLowercased)) : words
        self.ignoresCase = ignoresCase
        longest = ignoresCase ? .max : self.words.reduce(0) { max($0, $1.utf8.count) }
        self.removesTrailing = removesTrailing
    }

    func apply(to stream: inout TokenStream) {
        guard !words.isEmpty else { return }
        let last = removesTrailing ? nil : stream.tokens.last
        stream.tokens.removeAll { $0.term.utf8.count <= longest && words.contains(ignoresCase ? $0.term.simplyLowercased : $0.term) }
        if let last, last.endOffset == stream.endOffset, stream.tokens.last != last { stream.tokens.append(last) }
    }
}
