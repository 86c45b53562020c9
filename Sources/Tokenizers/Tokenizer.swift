/// Turns text into the ids that a text tower was trained on.
public protocol Tokenizer: Sendable {
    /// Encodes one text, special tokens included.
    ///
    /// - Parameter maximumLength: the most ids wanted; nil for no limit. What is cut off is cut at the end, and the closing
    ///   token is kept.
    /// - Complexity: O(*n* log *n*) in the text's length, for hostile text too.
    func encode(_ text: String, maximumLength: Int?) -> TokenizedText
}

/// The ids of one text.
public struct TokenizedText: Sendable, Equatable {
    public let ids: [Int32]
    /// How many ids the whole text has, special tokens included.
    public let fullLength: Int
    /// Some of the text is not in `ids`.
    public var isTruncated: Bool { fullLength > ids.count }

    public init(ids: [Int32], fullLength: Int) {
        self.ids = ids
        self.fullLength = fullLength
    }

    /// Puts `content` between the opening and the closing token.
    init(opening: Int32, content: [Int32], closing: Int32, maximumLength: Int?) {
        fullLength = content.count + 2
        let kept = content.prefix(max(0, (maximumLength ?? fullLength) - 2))
        ids = [opening] + kept + [closing]
    }
}
