extension IndexedRange {
    /// The terms between two values as they are written; nil: without an end.
    static func terms(from lower: ScalarBound?, to upper: ScalarBound?) -> IndexedRange {
        func bound(_ bound: ScalarBound) -> TermBound { TermBound(bound.value.text, isInclusive: bound.isInclusive) }
        return .terms(lower: lower.map(bound), upper: upper.map(bound))
    }

    /// Whole numbers up to and with the last; nil: there is none.
    static func longs(from first: Int64, through last: Int64) -> IndexedRange? {
        first <= last ? .longs(first...last) : nil
    }
}
