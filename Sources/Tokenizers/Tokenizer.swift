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

    /// The tokens that are put before and behind a text, either or both.
    typealias Ends = (opening: Int32?, closing: Int32?)

    /// Puts `content` between the opening and the closing token, if there are such.
    init(content: [Int32], between ends: Ends?, maximumLength: Int?) {
        let opening = ends?.opening.map { [$0] } ?? [], closing = ends?.closing.map { [$0] } ?? []
        let added = opening.count + closing.count
        fullLength = content.count + added
        let kept = content.prefix(max(0, (maximumLength ?? fullLength) - added))
        ids = opening + kept + closing
    }
}
