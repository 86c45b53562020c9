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
}
