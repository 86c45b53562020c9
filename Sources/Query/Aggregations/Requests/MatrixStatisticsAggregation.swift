/// `matrix_stats`: how several fields' numbers are distributed, and hang together.
public struct MatrixStatisticsAggregation: Equatable, Sendable {
    /// Which of a document's several numbers counts.
    public enum Mode: String, CaseIterable, Equatable, Sendable {
        case avg, min, max, sum, median
    }

    public var fields: [String]
    public var mode = Mode.avg
    /// The number of documents that have none, by field.
    public var missing: [String: QueryValue] = [:]

    public init(fields: [String]) { self.fields = fields }
}

/// `matrix_stats` bound to a mapping.
public struct MatrixStatisticsPlan: Equatable, Sendable {
    public var sources: [ValuesSource]
    public var mode: MatrixStatisticsAggregation.Mode
    /// By source.
    public var missing: [Double?]
}
