/// The tokens of one text, in order of their positions.
public struct TokenStream: Equatable, Sendable {
    public var tokens: [Token]
    /// How many positions the text takes, those of words removed at its end among them: where the next value of the same
    /// field goes on.
    public var positionCount: Int
    /// The length of the text in UTF-16 code units.
    public var endOffset: Int

    public init(tokens: [Token] = [], positionCount: Int = 0, endOffset: Int = 0) {
        self.tokens = tokens
        self.positionCount = positionCount
        self.endOffset = endOffset
    }

    /// Every term once, in the order they first stand.
    public var distinctTerms: [String] {
        var seen = Set<String>(minimumCapacity: tokens.count)
        return tokens.compactMap { seen.insert($0.term).inserted ? $0.term : nil }
    }
}

extension TokenStream: RandomAccessCollection {
    public var startIndex: Int { 0 }
    public var endIndex: Int { tokens.count }
    public subscript(index: Int) -> Token { tokens[index] }
}

/// Counts what a text grows to, so that no filter makes gigabytes of a document.
struct OutputBudget {
    /// The most bytes of terms that one step makes of a text.
    static let maximumBytes = 64 << 20
    private var bytes = 0

    /// - Throws: `AnalysisError.outputTooLarge`.
    mutating func spend(_ term: String) throws(AnalysisError) {
        bytes += term.utf8.count + 16
        guard bytes <= Self.maximumBytes else { throw .outputTooLarge(limit: Self.maximumBytes) }
    }
}
