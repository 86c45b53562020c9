extension IndexedRange {
    /// The terms between two values as they are written; nil: without an end.
    static func terms(from lower: ScalarBound?, to upper: ScalarBound?) -> IndexedRange {
        func bound(_ bound: ScalarBound) -> TermBound { TermBound(bound.value.text, isInclusive: bound.isInclusive) }
        return .terms(lower: lower.map(bound), upper: upper.map(bound))
    }
}
