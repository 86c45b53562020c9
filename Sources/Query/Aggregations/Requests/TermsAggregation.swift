/// `terms`: a bucket for each value of a field.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-bucket-terms-aggregation
public struct TermsAggregation: Equatable, Sendable {
    /// Which terms are looked at.
    public enum Selection: Equatable, Hashable, Sendable {
        case pattern(String)
        case values([QueryValue])
        /// One of so many parts of about one size that all terms are divided into.
        case partition(Int, of: Int)
    }

    public var field: String
    public var size = 10
    /// Nil: as many as make the answer good enough.
    public var shardSize: Int?
    public var minimumCount = 1
    /// Greater counts first, then lesser keys, where nothing is said.
    public var order: [BucketOrder] = [BucketOrder(.count, isAscending: false)]
    public var missing: QueryValue?
    public var include: Selection?
    public var exclude: Selection?
    public var format: String?
    /// Whether each bucket tells how many documents it may lack.
    public var showsError = false

    public init(field: String) { self.field = field }
}
