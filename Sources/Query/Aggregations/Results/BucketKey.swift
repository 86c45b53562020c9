/// What a bucket's documents have in common.
public enum BucketKey: Hashable, Comparable, Sendable {
    case long(Int64)
    case double(Double)
    case string(String)

    /// Strings by their bytes in UTF-8, as Elasticsearch compares keywords.
    public static func < (left: BucketKey, right: BucketKey) -> Bool {
        switch (left, right) {
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.string, _): false
        case (_, .string): true
        case (.long(let left), .long(let right)): left < right
        default: left.number < right.number
        }
    }

    /// The key as a number; of a string, 0.
    public var number: Double {
        switch self {
        case .long(let value): Double(value)
        case .double(let value): value
        case .string: 0
        }
    }
}
