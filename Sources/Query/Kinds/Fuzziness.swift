/// How many edits a term may differ by.
public enum Fuzziness: Equatable, Sendable {
    /// None below the first length, one below the second, and two from there on.
    case automatic(low: Int, high: Int)
    case edits(Int)

    public static let automatic = Fuzziness.automatic(low: 3, high: 6)

    /// `AUTO`, `AUTO:3,6`, `0`, `1` or `2`; nil for anything else.
    public init?(_ text: String) {
        let upper = text.uppercased()
        if upper == "AUTO" {
            self = .automatic
        } else if upper.hasPrefix("AUTO:") {
            let limits = upper.dropFirst(5).split(separator: ",").map { Int32($0) }
            guard limits.count == 2, let low = limits[0], let high = limits[1], low >= 0, high >= low else { return nil }
            self = .automatic(low: Int(low), high: Int(high))
        } else {
            guard let number = Double(text), let edits = Int(exactly: number), (0...2).contains(edits) else { return nil }
            self = .edits(edits)
        }
    }

    /// How many edits a term may be away, 0 to 2. Lengths are in code points.
    public func edits(for term: String) -> Int {
        switch self {
        case .edits(let edits): return edits
        case .automatic(let low, let high):
            let length = term.unicodeScalars.count
            return length < low ? 0 : length < high ? 1 : 2
        }
    }
}
