/// Pieces with scores: of all ways to cut a text into pieces, the likeliest.
///
/// Source: Kudo, arXiv 1804.10959; https://github.com/google/sentencepiece, src/unigram_model.cc.
struct UnigramModel: Sendable {
    /// How much less likely an unknown character is than the least likely piece.
    private static let unknownPenalty = 10.0

    private let vocabulary: Vocabulary
    private let scores: [Double]
    private let unknown: Int32
    private let unknownScore: Double
    /// Bytes of the longest piece.
    private let longest: Int
    /// The id of each byte, 256, for unknown characters; nil if those are one token in a row.
    private let byteSymbols: [Int32]?
    /// SentencePiece adds scores up in 32 bits, which decides between cuts that are nearly as likely.
    private let isSinglePrecision: Bool

    /// - Parameters:
    ///   - pieces: what text is cut into, with its ids; special tokens are not among them.
    ///   - scores: by id.
    /// - Precondition: every piece has a score.
    init(
        pieces: [(token: String, id: Int32)], scores: [Double], unknown: Int32, byteSymbols: [Int32]? = nil,
        isSinglePrecision: Bool = false
    ) {
        precondition(pieces.allSatisfy { scores.indices.contains(Int($0.id)) })
        precondition(byteSymbols.map { $0.count == 256 } ?? true)
        vocabulary = Vocabulary(pieces)
        self.scores = scores
        self.unknown = unknown
        unknownScore = (pieces.map { scores[Int($0.id)] }.min() ?? 0) - Self.unknownPenalty
        longest = pieces.map(\.token.utf8.count).max() ?? 0
        self.byteSymbols = byteSymbols
        self.isSinglePrecision = isSinglePrecision
    }

    /// Viterbi's algorithm over the places between characters.
    ///
    /// - Parameter text: valid UTF-8.
    /// - Complexity: O(bytes · longest piece).
    func append(_ text: [UInt8], to ids: inout [Int32]) {
        struct Step {
            var score = -Double.infinity
            var start = 0
            var id: Int32 = 0
        }
        var best = [Step](repeating: Step(), count: text.count + 1)
        best[0].score = 0
        for start in text.indices where best[start].score > -.infinity {
            var hash = Vocabulary.Hash()
            let length = Self.characterLength(text[start]), characterEnd = min(text.count, start + length)
            var isCovered = false
            for end in start..<min(text.count, start + longest) {
                hash.append(text[end])
                guard let id = vocabulary[text[start...end], hash: hash] else { continue }
                isCovered = isCovered || end + 1 == characterEnd
                let score = sum(best[start].score, scores[Int(id)])
                if score > best[end + 1].score { best[end + 1] = Step(score: score, start: start, id: id) }
            }
            let score = sum(best[start].score, unknownScore)
            if !isCovered, score > best[characterEnd].score {
                best[characterEnd] = Step(score: score, start: start, id: unknown)
            }
        }
        var pieces: [Int32] = [], end = text.count
        while end > 0 {
            let step = best[end]
            if step.id == unknown, let byteSymbols {
                pieces += text[step.start..<end].reversed().map { byteSymbols[Int($0)] }
            } else if step.id != unknown || pieces.last != unknown {
                // Unknown characters in a row are one token.
                pieces.append(step.id)
            }
            end = step.start
        }
        ids += pieces.reversed()
    }

    private func sum(_ left: Double, _ right: Double) -> Double {
        isSinglePrecision ? Double(Float(left) + Float(right)) : left + right
    }

    /// Of the character that begins with `byte`, in UTF-8.
    static func characterLength(_ byte: UInt8) -> Int {
        byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
    }
}
