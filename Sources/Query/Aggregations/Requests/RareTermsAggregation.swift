/// Terms that few documents have.
public struct RareTermsAggregation: Equatable, Sendable {
    public var field: String
    public var maximumCount = 1
    public var missing: QueryValue?
    public var include: TermsAggregation.Selection?
    public var exclude: TermsAggregation.Selection?
    public var format: String?

    public init(field: String) { self.field = field }
}
