/// A value that a document is sorted by, comparable across shards.
public enum SortKey: Equatable, Hashable, Sendable {
    /// A document without a keyword.
    case absent
    case long(Int64)
    case double(Double)
    /// Compared by its bytes.
    case keyword(String)

    /// Numbers before keywords; -1, 0 or 1.
    func compare(_ other: SortKey) -> Int {
        switch (self, other) {
        case (.long(let left), .long(let right)): return left == right ? 0 : left < right ? -1 : 1
        case (.keyword(let left), .keyword(let right)):
            if left.utf8.elementsEqual(right.utf8) { return 0 }
            return left.utf8.lexicographicallyPrecedes(right.utf8) ? -1 : 1
        case (.keyword, _): return 1
        case (_, .keyword): return -1
        default:
            let (left, right) = (number, other.number)
            return left == right ? 0 : left < right ? -1 : 1
        }
    }

    private var number: Double {
        switch self {
        case .long(let value): Double(value)
        case .double(let value): value
        case .absent, .keyword: 0
        }
    }
}
