/// Pieces of a few characters: the `ngram` and `edge_ngram` tokenizers.
struct NGramTokenizer: Tokenizer {
    var minimum: Int
    var maximum: Int
    /// Only pieces that begin where a run of token characters does.
    var isEdge: Bool
    /// Whether a scalar may stand in a piece; nil: all may.
    var accepts: (@Sendable (UInt32) -> Bool)?

    func tokens(of text: SourceText) throws(AnalysisError) -> TokenStream {
        var stream = TokenStream(), budget = OutputBudget()
        var run: [StandardTokenScanner.Place] = []
        var place = StandardTokenScanner.Place(byte: 0, offset: 0)
        while place.byte < text.bytes.count {
            let (scalar, length) = text.scalar(at: place.byte)
            if accepts?(scalar) ?? true {
                run.append(place)
            } else {
                try cut(run, end: place, text, &stream, &budget)
                run.removeAll(keepingCapacity: true)
            }
            place.byte += length
            place.offset += UTF8Scalars.utf16Length(ofBytes: length)
        }
        try cut(run, end: place, text, &stream, &budget)
        stream.positionCount = stream.tokens.count
        stream.endOffset = place.offset
        return stream
    }

    /// Every piece of a run: by where they begin, the shorter first.
    private func cut(
        _ run: [StandardTokenScanner.Place], end: StandardTokenScanner.Place, _ text: SourceText, _ stream: inout TokenStream,
        _ budget: inout OutputBudget
    ) throws(AnalysisError) {
        for first in run.indices.prefix(isEdge ? 1 : .max) where first + minimum <= run.count {
            for count in minimum...min(maximum, run.count - first) {
                let last = first + count < run.count ? run[first + count] : end
                let term = String(decoding: text.bytes[run[first].byte..<last.byte], as: UTF8.self)
                try budget.spend(term)
                stream.tokens.append(
                    Token(term, position: stream.tokens.count, startOffset: run[first].offset, endOffset: last.offset))
            }
        }
    }
}
