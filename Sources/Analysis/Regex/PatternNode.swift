/// A regular expression as a tree.
indirect enum PatternNode: Sendable {
    case empty
    case set(ScalarSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    /// At least `minimum`, at most `maximum` times (nil: any number); greedy or not.
    case repetition(PatternNode, minimum: Int, maximum: Int?, isGreedy: Bool)
    case group(Int, PatternNode)
    case assertion(PatternAssertion)
}

/// What a place in the text must be.
enum PatternAssertion: Sendable {
    case textStart, textEnd, textEndBeforeNewline
    case lineStart, lineEnd
    case wordBoundary, noWordBoundary
}

/// A set of scalars: ranges and properties, perhaps all but these.
struct ScalarSet: Sendable {
    var ranges: [ClosedRange<UInt32>] = []
    var properties: [@Sendable (UInt32) -> Bool] = []
    /// Sets that must contain the scalar too: Java's `&&`.
    var others: [ScalarSet] = []
    var isNegated = false
    var ignoresCase = false

    init(_ ranges: [ClosedRange<UInt32>] = [], ignoresCase: Bool = false) {
        self.ranges = ranges
        self.ignoresCase = ignoresCase
    }

    init(property: @escaping @Sendable (UInt32) -> Bool, isNegated: Bool = false) {
        properties = [property]
        self.isNegated = isNegated
    }

    func contains(_ scalar: UInt32) -> Bool {
        var isInside = holds(scalar)
        if !isInside, ignoresCase { isInside = holds(CaseTable.lowercase(scalar)) || holds(CaseTable.uppercase(scalar)) }
        return isInside != isNegated && others.allSatisfy { $0.contains(scalar) }
    }

    private func holds(_ scalar: UInt32) -> Bool {
        for range in ranges where range.contains(scalar) { return true }
        return properties.contains { $0(scalar) }
    }
}
