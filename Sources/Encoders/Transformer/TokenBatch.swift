/// The sequences of a batch, one behind the other.
struct TokenBatch {
    let ids: [Int]
    /// The place of each sequence in `ids`.
    let sequences: [Range<Int>]

    /// - Throws: `EncoderError` for empty or too long sequences and for unknown tokens.
    init(_ batch: [[Int32]], vocabulary: Int, limit: Int) throws(EncoderError) {
        var ids: [Int] = [], sequences: [Range<Int>] = []
        for (index, tokens) in batch.enumerated() {
            guard !tokens.isEmpty else { throw .emptySequence(index: index) }
            guard tokens.count <= limit else {
                throw .sequenceTooLong(index: index, tokens: tokens.count, limit: limit)
            }
            for token in tokens {
                guard token >= 0, token < vocabulary else {
                    throw .unknownToken(index: index, token: token, vocabulary: vocabulary)
                }
                ids.append(Int(token))
            }
            sequences.append((ids.count - tokens.count)..<ids.count)
        }
        self.ids = ids
        self.sequences = sequences
    }
}
