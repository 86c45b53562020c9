/// What a query on a field comes to.
public enum FieldMatch: Equatable, Sendable {
    case nothing
    /// All documents, whether they bring the field or not.
    case everything
    case value(IndexedValue)
    case range(IndexedRange)
    case spans(SpanMatch)
    /// Documents with a feature, scored by its weight.
    case feature(String)
}

/// How a stored span stands to the one that is asked for.
public enum SpanRelation: String, Hashable, Sendable {
    case intersects, contains, within
}

/// Spans of a range field that stand in a relation to another one; bounds as `SpanCode` writes them, ends included.
public struct SpanMatch: Hashable, Sendable {
    public var lower: String
    public var upper: String
    public var relation: SpanRelation

    /// Whether a span as the index holds it, its bounds one after the other, matches.
    ///
    /// - Complexity: O(length).
    public func matches(_ span: String) -> Bool {
        let bytes = Array(span.utf8)
        let (low, high) = (bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...])
        func isLess(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Bool { left.lexicographicallyPrecedes(right) }
        switch relation {
        case .intersects: return !isLess(upper.utf8, low) && !isLess(high, lower.utf8)
        case .within: return !isLess(low, lower.utf8) && !isLess(upper.utf8, high)
        case .contains: return !isLess(lower.utf8, low) && !isLess(high, upper.utf8)
        }
    }
}
