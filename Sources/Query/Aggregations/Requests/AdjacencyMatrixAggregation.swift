/// A bucket for each filter, and for each pair of filters that share documents.
public struct AdjacencyMatrixAggregation: Equatable, Sendable {
    /// By name, in its order.
    public var filters: [(name: String, query: Query)]
    public var separator: String

    public init(filters: [(name: String, query: Query)], separator: String = "&") {
        self.filters = filters
        self.separator = separator
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.separator == right.separator && left.filters.count == right.filters.count
            && zip(left.filters, right.filters).allSatisfy { $0 == $1 }
    }
}
