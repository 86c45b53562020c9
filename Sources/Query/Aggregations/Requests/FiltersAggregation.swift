/// `filters`: a bucket for each query. A document counts in each that it matches.
public struct FiltersAggregation: Equatable, Sendable {
    /// Without names, answers are a list.
    public var filters: [(name: String?, query: Query)]
    /// The name of what none matches; nil: it is left out.
    public var otherName: String?
    /// Whether named filters are answered as an object.
    public var isKeyed = true

    public init(filters: [(name: String?, query: Query)], otherName: String? = nil) {
        self.filters = filters
        self.otherName = otherName
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.otherName == right.otherName && left.filters.count == right.filters.count
            && zip(left.filters, right.filters).allSatisfy { $0.name == $1.name && $0.query == $1.query }
    }
}
