internal import Foundation

/// SentencePiece's normalisation `nmt_nfkc`, without the table that only its model files carry: compatibility composition,
/// white space and controls as the rules name them, `▁` for spaces and before the text.
///
/// Source: https://github.com/google/sentencepiece, src/builder.cc (`BuildNmtNFKCMap`).
enum SentencePieceNormalizer {
    private static let space = "▁".unicodeScalars.first ?? " "

    /// UTF-8; empty for text without anything to see.
    static func normalize(_ text: Substring) -> [UInt8] {
        var scalars: [Unicode.Scalar] = []
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x01...0x08, 0x0B, 0x0E...0x1F, 0x7F, 0x8F, 0x9F: continue
            case 0x09, 0x0A, 0x0C, 0x0D, 0x1680, 0x200B...0x200F, 0x2028, 0x2029, 0x2581, 0xFEFF, 0xFFFD: scalars.append(" ")
            default: scalars.append(scalar)
            }
        }
        var string = String.UnicodeScalarView()
        string.append(contentsOf: scalars)
        var bytes: [UInt8] = [], isPending = true
        for scalar in String(string).precomposedStringWithCompatibilityMapping.unicodeScalars {
            if scalar.properties.isWhitespace {
                isPending = true
            } else {
                if isPending { bytes += UTF8.encode(space).map(Array.init) ?? [] }
                bytes += UTF8.encode(scalar).map(Array.init) ?? []
                isPending = false
            }
        }
        return bytes
    }
}
