/// One term of a text and where it stands.
public struct Token: Equatable, Sendable {
    public var term: String
    /// Counted from 0; tokens in one place share it, and removed words leave gaps.
    public var position: Int
    /// How many positions the token spans: more than 1 beside the parts of a multi-word synonym, or for shingles.
    public var positionLength: Int
    /// Where it begins in the text, in UTF-16 code units, as Elasticsearch counts.
    public var startOffset: Int
    /// Where it ends, in UTF-16 code units.
    public var endOffset: Int
    public var type: TokenType
    /// Whether stemmers leave it alone.
    public var isKeyword: Bool

    public init(
        _ term: String, position: Int, positionLength: Int = 1, startOffset: Int, endOffset: Int, type: TokenType = .word,
        isKeyword: Bool = false
    ) {
        self.term = term
        self.position = position
        self.positionLength = positionLength
        self.startOffset = startOffset
        self.endOffset = endOffset
        self.type = type
        self.isKeyword = isKeyword
    }
}

/// What kind of text a token is, by Lucene's names.
public enum TokenType: String, Sendable {
    case alphanumeric = "<ALPHANUM>"
    case number = "<NUM>"
    case southeastAsian = "<SOUTHEAST_ASIAN>"
    case ideographic = "<IDEOGRAPHIC>"
    case hiragana = "<HIRAGANA>"
    case katakana = "<KATAKANA>"
    case hangul = "<HANGUL>"
    case emoji = "<EMOJI>"
    /// What tokenizers give that tell no kinds apart.
    case word
    case synonym = "SYNONYM"
    case shingle
    /// Two characters, and one alone, of the `cjk_bigram` filter.
    case double = "<DOUBLE>"
    case single = "<SINGLE>"
    case fingerprint
}
