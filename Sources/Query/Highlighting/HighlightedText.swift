internal import Analysis
internal import Mapping

/// The values of one field of one document, joined, and their tokens.
struct HighlightedText {
    struct Token {
        var term: String
        /// Over all values.
        var position: Int
        /// In the joined text, UTF-16 code units.
        var start: Int
        var end: Int
    }

    /// What stands between two values.
    static let separator: UInt16 = 0

    private(set) var units: [UInt16] = []
    /// Where each value stands.
    private(set) var values: [Range<Int>] = []
    /// In the order of their positions.
    private(set) var tokens: [Token] = []

    init(_ texts: [String]) {
        for text in texts {
            if !values.isEmpty { units.append(Self.separator) }
            let start = units.count
            units.append(contentsOf: text.utf16)
            values.append(start..<units.count)
        }
    }

    /// Cuts the values as a field does.
    ///
    /// - Parameter limit: only tokens that end at this place of a value at most.
    mutating func analyze(as field: FieldMapping, limit: Int?) {
        tokens = []
        guard let analyzer = field.analyzer else { return }
        var position = 0
        for value in values {
            // What cannot be analysed was not indexed either.
            guard let stream = try? analyzer.tokens(of: String(decoding: units[value], as: UTF16.self)) else { continue }
            for token in stream where token.startOffset < token.endOffset && token.endOffset <= value.count {
                if let limit, token.endOffset > limit { break }
                tokens.append(
                    Token(
                        term: token.term, position: position + token.position, start: value.lowerBound + token.startOffset,
                        end: value.lowerBound + token.endOffset))
            }
            position += stream.positionCount + field.positionIncrementGap
        }
    }

    /// The value that a place is in.
    func value(at place: Int) -> Range<Int>? { values.first { $0.contains(place) || $0.upperBound == place } }
}

/// A place in a text that a query found.
struct HighlightMatch: Equatable {
    /// What was found: matches of one term have one name.
    var term: String
    var start: Int
    var end: Int
}
