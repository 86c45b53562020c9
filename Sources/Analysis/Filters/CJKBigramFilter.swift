/// Pairs of neighbouring characters of Chinese, Japanese and Korean, which are written without spaces.
struct CJKBigramFilter: TokenFilter {
    /// The scripts whose characters are paired.
    var types: Set<TokenType> = [.ideographic, .hiragana, .katakana, .hangul]
    /// Single characters beside the pairs.
    var outputsUnigrams = false

    private struct Character {
        var scalar: Unicode.Scalar
        var startOffset: Int
        var endOffset: Int
    }

    func apply(to stream: inout TokenStream) {
        var output = TokenStream(endOffset: stream.endOffset)
        var run: [Character] = [], position = 0, last = -1
        for token in stream.tokens {
            let gap = max(0, token.position - last - 1)
            let isSamePlace = token.position == last
            last = token.position
            if types.contains(token.type) {
                if let end = run.last?.endOffset, end != token.startOffset { flush(&run, &position, &output) }
                append(token, to: &run)
                continue
            }
            flush(&run, &position, &output)
            var copy = token
            copy.position = isSamePlace ? max(0, position - 1) : position + gap
            position = copy.position + 1
            output.tokens.append(copy)
        }
        flush(&run, &position, &output)
        output.positionCount = position + max(0, stream.positionCount - last - 1)
        stream = output
    }

    private func append(_ token: Token, to run: inout [Character]) {
        let scalars = token.term.unicodeScalars
        let isExact = token.term.utf16.count == token.endOffset - token.startOffset
        var offset = token.startOffset
        for scalar in scalars {
            let length = scalar.value > 0xFFFF ? 2 : 1
            run.append(
                Character(
                    scalar: scalar, startOffset: isExact ? offset : token.startOffset,
                    endOffset: isExact ? offset + length : token.endOffset))
            offset += length
        }
    }

    private func flush(_ run: inout [Character], _ position: inout Int, _ output: inout TokenStream) {
        defer { run.removeAll(keepingCapacity: true) }
        func add(_ characters: ArraySlice<Character>, at position: Int, length: Int = 1) {
            guard let first = characters.first, let last = characters.last else { return }
            output.tokens.append(
                Token(
                    String(String.UnicodeScalarView(characters.map(\.scalar))), position: position, positionLength: length,
                    startOffset: first.startOffset, endOffset: last.endOffset, type: characters.count == 1 ? .single : .double))
        }
        for index in run.indices {
            let isAlone = run.count == 1
            if isAlone || outputsUnigrams { add(run[index...index], at: position) }
            if index + 1 < run.count { add(run[index...(index + 1)], at: position, length: outputsUnigrams ? 2 : 1) }
            if isAlone || outputsUnigrams || index + 1 < run.count { position += 1 }
        }
    }
}
