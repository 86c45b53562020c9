/// A text and how much it counts, written as query strings write boosts: `red flower^0.5`.
public struct WeightedText: Equatable, Sendable {
    public var text: String
    public var weight: Float

    /// - Parameter written: without a number above zero after a `^`, all of it is the text, and its weight 1.
    public init(_ written: String) {
        text = written
        weight = 1
        guard let caret = written.lastIndex(of: "^"), caret > written.startIndex,
            let number = Float(written[written.index(after: caret)...]), number > 0, number.isFinite
        else { return }
        text = String(written[..<caret])
        weight = number
    }

    /// Whether a weight was meant that is no number above zero, as in `rose^abc` or `rose^0`.
    public static func isMisspelled(_ written: String) -> Bool {
        guard let caret = written.lastIndex(of: "^"), caret > written.startIndex, !written[written.index(before: caret)].isWhitespace else {
            return false
        }
        let meant = written[written.index(after: caret)...]
        return !meant.isEmpty && !meant.contains(where: \.isWhitespace) && Self(written).text == written
    }
}
