/// How much there is in each span of time, below a histogram of dates.
public struct RateAggregation: Equatable, Sendable {
    /// Whether a field's numbers are added up or its values counted. Raw values are Elasticsearch's names.
    public enum Mode: String, Equatable, Sendable {
        case sum
        case valueCount = "value_count"
    }

    /// Nil: documents are counted.
    public var field: String?
    /// Nil: the histogram's own interval.
    public var unit: DateInterval?
    public var mode: Mode
    public var format: String?

    public init(field: String? = nil, unit: DateInterval? = nil, mode: Mode = .sum, format: String? = nil) {
        self.field = field
        self.unit = unit
        self.mode = mode
        self.format = format
    }
}
