/// How a SentencePiece model normalises text: a map of characters, then spaces.
///
/// Source: https://github.com/google/sentencepiece, src/normalizer.cc.
struct SentencePieceRules: Sendable {
    private var map: CharacterMap?
    private var addsPrefix = true
    private var removesExtraSpaces = true
    private var escapesSpaces = true

    private static let space: [UInt8] = [0x20]
    private static let escapedSpace = Array("▁".utf8)

    init() {}

    /// - Parameter message: the `NormalizerSpec`.
    init(_ message: ArraySlice<UInt8>) throws(ProtobufReader.Malformed) {
        var fields = ProtobufReader(message)
        while let (field, value) = try fields.next() {
            switch (field, value) {
            case (2, .bytes(let bytes)) where !bytes.isEmpty:
                guard let map = CharacterMap(bytes) else { throw ProtobufReader.Malformed() }
                self.map = map
            case (3, .number(let number)): addsPrefix = number != 0
            case (4, .number(let number)): removesExtraSpaces = number != 0
            case (5, .number(let number)): escapesSpaces = number != 0
            default: break
            }
        }
    }

    /// - Parameter text: valid UTF-8.
    /// - Complexity: O(*n*).
    func normalize(_ text: [UInt8]) -> [UInt8] {
        let space = escapesSpaces ? Self.escapedSpace : Self.space
        var result: [UInt8] = [], position = 0
        result.reserveCapacity(text.count + text.count / 4 + 3)
        if removesExtraSpaces {
            while position < text.count {
                let (end, part) = mapped(text, from: position)
                guard part.elementsEqual(Self.space) else { break }
                position = end
            }
        }
        guard position < text.count else { return [] }
        if addsPrefix { result += space }
        var followsSpace = removesExtraSpaces
        while position < text.count {
            let (end, part) = mapped(text, from: position)
            let rest = followsSpace ? part.drop { $0 == 0x20 } : part
            for byte in rest {
                if byte == 0x20 { result += space } else { result.append(byte) }
            }
            if let last = rest.last { followsSpace = removesExtraSpaces && last == 0x20 }
            position = end
        }
        if removesExtraSpaces {
            while result.count >= space.count, result.suffix(space.count).elementsEqual(space) {
                result.removeLast(space.count)
            }
        }
        return result
    }

    /// The end of what stands at `start`, and what it becomes.
    private func mapped(_ text: [UInt8], from start: Int) -> (end: Int, part: ArraySlice<UInt8>) {
        if let match = map?.longestMatch(in: text[start...]) { return (start + match.length, match.replacement) }
        let end = min(text.count, start + UnigramModel.characterLength(text[start]))
        return (end, text[start..<end])
    }
}
