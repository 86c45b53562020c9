/// Several words in a row as one term beside the words.
struct ShingleFilter: TokenFilter {
    var minimum = 2
    var maximum = 2
    var separator = " "
    /// Stands for a word that was removed.
    var filler = "_"
    var outputsUnigrams = true
    /// The words themselves where there are too few for a shingle.
    var outputsUnigramsIfNoShingles = false

    private struct Word {
        /// Nil for a word that was removed.
        var token: Token?
        var position: Int
    }

    func apply(to stream: inout TokenStream) throws(AnalysisError) {
        let words = words(stream)
        var tokens: [Token] = [], budget = OutputBudget()
        let outputsUnigrams = outputsUnigrams || outputsUnigramsIfNoShingles && words.count < minimum
        for first in words.indices {
            if outputsUnigrams, let token = words[first].token { tokens.append(token) }
            guard first + minimum <= words.count else { continue }
            for count in minimum...min(maximum, words.count - first) {
                guard let shingle = shingle(words[first..<(first + count)], spansWords: outputsUnigrams) else { continue }
                try budget.spend(shingle.term)
                tokens.append(shingle)
            }
        }
        stream.tokens = tokens
    }

    private func words(_ stream: TokenStream) -> [Word] {
        var words: [Word] = [], last = -1
        for token in stream.tokens {
            for gap in max(last + 1, token.position - maximum + 1)..<max(last + 1, token.position) { words.append(Word(position: gap)) }
            words.append(Word(token: token, position: token.position))
            last = max(last, token.position)
        }
        // What was removed at the end makes a shingle with the last word.
        for gap in (last + 1)..<max(last + 1, min(stream.positionCount, last + maximum)) { words.append(Word(position: gap)) }
        return words
    }

    private func shingle(_ words: ArraySlice<Word>, spansWords: Bool) -> Token? {
        let tokens = words.compactMap(\.token)
        guard let first = tokens.first, let last = tokens.last, let word = words.first else { return nil }
        return Token(
            words.map { $0.token?.term ?? filler }.joined(separator: separator), position: word.position,
            positionLength: spansWords ? words.count : 1, startOffset: first.startOffset, endOffset: last.endOffset, type: .shingle)
    }
}
