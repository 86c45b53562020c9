/// An end of a range of terms.
public struct TermBound: Equatable, Hashable, Sendable {
    public var term: String
    public var isInclusive: Bool

    public init(_ term: String, isInclusive: Bool) {
        self.term = term
        self.isInclusive = isInclusive
    }
}
