public import Mapping

/// Where an aggregation's values come from, and how they are shown.
public struct ValuesSource: Equatable, Sendable {
    /// Where a document's values stand in the field index.
    public enum Column: Equatable, Sendable {
        /// A field that is not mapped: no document has a value.
        case none
        case keywords
        /// Whole numbers, which are multiplied to be the field's.
        case longs(scale: Double)
        case doubles
        case points
        case vectors
        /// Spans of numbers, as terms that tell both ends.
        case spans(SpanValues)
    }

    /// How a value is written in an answer.
    public enum Format: Equatable, Sendable {
        case raw
        case boolean
        case date(DateFormat, zone: ZoneRule)
        case decimal(DecimalFormat)
        /// Whole numbers without a sign, the top bit flipped.
        case unsigned
        /// Terms that are shown otherwise than they are indexed.
        case coded(TermCoding)
        /// No column: every document has this value.
        case constant(String)
    }

    public var field: String
    public var column: Column
    public var format: Format

    public init(field: String, column: Column, format: Format) {
        self.field = field
        self.column = column
        self.format = format
    }

    var isMapped: Bool {
        if case .constant = format { return true }
        return column != .none
    }
}
