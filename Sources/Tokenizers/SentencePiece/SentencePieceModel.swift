/// `spiece.model`: the pieces with their scores, and how text is normalised before it is cut into them.
///
/// Source: https://github.com/google/sentencepiece, src/sentencepiece_model.proto.
struct SentencePieceModel {
    enum Kind: UInt64 {
        case normal = 1, unknown, control, userDefined, unused, byte
    }

    struct Piece {
        var text = ""
        var score: Float = 0
        var kind = Kind.normal
    }

    static let maximumBytes = 64 << 20
    static let maximumPieces = 1 << 20

    private(set) var pieces: [Piece] = []
    private(set) var normalizer = SentencePieceRules()
    /// Whether characters that are in no piece become their bytes.
    private(set) var hasByteFallback = false

    private static let unigram: UInt64 = 1

    /// - Parameter file: what errors name.
    /// - Throws: `TokenizerError.malformed`; `.unsupported` for what is not a unigram model.
    init(_ bytes: [UInt8], file: String) throws(TokenizerError) {
        guard bytes.count <= Self.maximumBytes else {
            throw .malformed(file: file, reason: "larger than \(Self.maximumBytes) bytes")
        }
        var kind = Self.unigram, hasSuffixes = false
        do throws(ProtobufReader.Malformed) {
            var message = ProtobufReader(bytes[...])
            while let (field, value) = try message.next() {
                switch (field, value) {
                case (1, .bytes(let piece)): pieces.append(try Self.piece(piece))
                case (2, .bytes(let trainer)):
                    var fields = ProtobufReader(trainer)
                    while let (field, value) = try fields.next() {
                        switch (field, value) {
                        case (3, .number(let number)): kind = number
                        case (24, .number(let number)): hasSuffixes = number != 0
                        case (35, .number(let number)): hasByteFallback = number != 0
                        default: break
                        }
                    }
                case (3, .bytes(let rules)): normalizer = try SentencePieceRules(rules)
                default: break
                }
                guard pieces.count <= Self.maximumPieces else { throw ProtobufReader.Malformed() }
            }
        } catch {
            throw .malformed(file: file, reason: "not a SentencePiece model")
        }
        guard kind == Self.unigram else {
            throw .unsupported(file: file, field: "trainer_spec.model_type", value: "\(kind)")
        }
        guard !hasSuffixes else {
            throw .unsupported(file: file, field: "trainer_spec.treat_whitespace_as_suffix", value: "true")
        }
        if let piece = pieces.first(where: { $0.kind == .userDefined }) {
            throw .unsupported(file: file, field: "pieces.type", value: "USER_DEFINED (\(piece.text))")
        }
    }

    private static func piece(_ message: ArraySlice<UInt8>) throws(ProtobufReader.Malformed) -> Piece {
        var piece = Piece(), fields = ProtobufReader(message)
        while let (field, value) = try fields.next() {
            switch (field, value) {
            case (1, .bytes(let text)):
                guard let text = String(validating: text, as: UTF8.self) else { throw ProtobufReader.Malformed() }
                piece.text = text
            case (2, .word(let bits)):
                piece.score = Float(bitPattern: bits)
                guard piece.score.isFinite else { throw ProtobufReader.Malformed() }
            case (3, .number(let number)):
                guard let kind = Kind(rawValue: number) else { throw ProtobufReader.Malformed() }
                piece.kind = kind
            default: break
            }
        }
        return piece
    }
}
