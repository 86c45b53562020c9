/// `t_test`: how likely two means differ as much as they do by chance, by Student's test.
///
/// Reference: https://www.elastic.co/docs/reference/aggregations/search-aggregations-metrics-ttest-aggregation
public struct TTestAggregation: Equatable, Sendable {
    /// How the two populations stand to each other. Raw values are Elasticsearch's names.
    public enum Kind: String, CaseIterable, Sendable {
        /// Two values of each document.
        case paired
        /// Two populations of one variance.
        case homoscedastic
        case heteroscedastic
    }

    /// A population: the values of a field, of the documents that a filter lets through.
    public struct Population: Equatable, Sendable {
        public var field: String
        public var missing: QueryValue?
        public var filter: Query?

        public init(field: String, missing: QueryValue? = nil, filter: Query? = nil) {
            self.field = field
            self.missing = missing
            self.filter = filter
        }
    }

    public var first: Population
    public var second: Population
    public var kind = Kind.heteroscedastic
    /// 1 or 2.
    public var tails = 2
    public var format: String?

    public init(first: Population, second: Population) {
        self.first = first
        self.second = second
    }
}
