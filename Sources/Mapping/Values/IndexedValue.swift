/// A value as an index holds it: what documents write and queries look up.
public enum IndexedValue: Equatable, Hashable, Sendable {
    /// `keyword`, and what is looked for in `text`; ordered by UTF-8.
    case term(String)
    /// Whole numbers, booleans (0, 1), dates (milliseconds), `scaled_float`; `unsigned_long` with the top bit flipped.
    case long(Int64)
    case double(Double)
}

/// A span of indexed values, ends included.
public enum IndexedRange: Equatable, Hashable, Sendable {
    case terms(lower: TermBound?, upper: TermBound?)
    case longs(ClosedRange<Int64>)
    case doubles(ClosedRange<Double>)

    /// An end of a range of terms, which are in the order of their bytes.
    public struct TermBound: Equatable, Hashable, Sendable {
        public var term: String
        public var isInclusive: Bool

        public init(_ term: String, isInclusive: Bool) {
            self.term = term
            self.isInclusive = isInclusive
        }
    }
}

/// An end of a range as a query has it.
public struct ScalarBound: Equatable, Sendable {
    public var value: ScalarValue
    public var isInclusive: Bool

    public init(_ value: ScalarValue, isInclusive: Bool) {
        self.value = value
        self.isInclusive = isInclusive
    }
}

/// What dates in queries depend on.
public struct DateContext: Equatable, Sendable {
    /// Milliseconds since 1970-01-01T00:00Z that `now` means, the same throughout a request.
    public var now: Int64
    /// In place of the mapping's format.
    public var format: DateFormat?
    /// Seconds east of Greenwich for dates without an offset.
    public var offset: Int

    public init(now: Int64, format: DateFormat? = nil, offset: Int = 0) {
        self.now = now
        self.format = format
        self.offset = offset
    }
}
