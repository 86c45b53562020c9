public import JSON
public import Mapping

/// The nested objects whose values order documents, bound to a mapping.
public struct NestedOrder: Equatable, Sendable {
    /// Outermost first, each with what its objects match; nil: any.
    public var levels: [(level: NestedLevel, filter: QueryPlan?)]
    /// How many of a document's objects count; nil: all.
    public var maximumChildren: Int?

    public static func == (left: Self, right: Self) -> Bool {
        left.maximumChildren == right.maximumChildren && left.levels.count == right.levels.count
            && zip(left.levels, right.levels).allSatisfy { $0.level == $1.level && $0.filter == $1.filter }
    }
}

/// A key of an order of documents, bound to a mapping.
public struct OrderKey: Equatable, Sendable {
    /// What is compared, and how it is indexed.
    public enum Values: Equatable, Sendable {
        case score
        case keywords
        case longs, unsigned, booleans, dates
        /// Whole numbers that are compared and shown as others, times a constant.
        case scaled(Double)
        case floats, doubles
        /// Doubles that are compared and shown as whole numbers.
        case truncated
    }

    /// Dates of one precision as those of another.
    public enum DateScale: Equatable, Sendable {
        case none, toNanoseconds, toMilliseconds

        /// The value in the other precision, rounded down; what leaves 64 bits is the end of them.
        public func applied(to value: Int64) -> Int64 {
            switch self {
            case .none: return value
            case .toNanoseconds:
                let scaled = value.multipliedReportingOverflow(by: 1_000_000)
                return scaled.overflow ? (value < 0 ? .min : .max) : scaled.partialValue
            case .toMilliseconds:
                let (quotient, remainder) = value.quotientAndRemainder(dividingBy: 1_000_000)
                return remainder < 0 ? quotient - 1 : quotient
            }
        }
    }

    /// Which of a document's values counts, or what is made of all.
    public enum Mode: String, Equatable, Sendable {
        case minimum = "min"
        case maximum = "max"
        case sum, median
        case average = "avg"
    }

    public var field: String
    public var values: Values
    public var order: Sort.Order
    public var mode: Mode
    /// What a document without a value is sorted by.
    public var missing: SortKey
    /// Whether `absent` comes before all else, whatever the order.
    public var absentIsFirst: Bool
    /// How dates are shown; nil: as milliseconds.
    public var format: DateFormat?
    /// The nested objects whose values count; nil: the document's own.
    public var nested: NestedOrder?
    /// Whether dates are nanoseconds.
    public var isNanoseconds = false
    /// What dates are made of before they are compared.
    public var dateScale = DateScale.none
    /// How keywords are written as terms.
    public var coding = TermCoding.plain
    /// How dates in texts are read.
    var reading: DateFormat?

    init(field: String, values: Values, order: Sort.Order, mode: Mode? = nil) {
        self.field = field
        self.values = values
        self.order = order
        self.mode = mode ?? (order == .ascending ? .minimum : .maximum)
        missing = .absent
        absentIsFirst = false
    }

    static func score(_ order: Sort.Order) -> OrderKey { OrderKey(field: "_score", values: .score, order: order) }

    /// Less than 0: `left` comes before; 0: this key does not decide.
    public func compare(_ left: SortKey, _ right: SortKey) -> Int {
        switch (left == .absent, right == .absent) {
        case (true, true): 0
        case (true, false): absentIsFirst ? -1 : 1
        case (false, true): absentIsFirst ? 1 : -1
        case (false, false): order == .ascending ? left.compare(right) : right.compare(left)
        }
    }

    /// A hit's `sort` value.
    public func shown(_ key: SortKey) -> JSONValue {
        switch key {
        case .absent: return .null
        case .keyword(let text): return .string(coding.text(text))
        case .double(let value):
            // As Elasticsearch writes what JSON has no number for.
            if value.isInfinite { return .string(value < 0 ? "-Infinity" : "Infinity") }
            if values == .floats || values == .score { return .float(Float(value)) }
            return .double(value)
        case .long(let value):
            if values == .unsigned {
                let number = UInt64(bitPattern: value) ^ 1 << 63
                return Int(exactly: number).map { .int($0) } ?? .unsigned(number)
            }
            if let format {
                // The stand-ins of documents without a date are none.
                if value == .max || value == .min { return .null }
                return .string(isNanoseconds ? format.string(nanoseconds: value) : format.string(milliseconds: value))
            }
            return .int(Int(value))
        }
    }

    /// What stands for a document without a number: beyond all others.
    static func beyond(_ values: Values, least: Bool) -> SortKey {
        switch values {
        case .keywords: .absent
        case .longs, .unsigned, .booleans, .dates, .truncated: .long(least ? .min : .max)
        case .scaled, .floats, .doubles, .score: .double(least ? -.infinity : .infinity)
        }
    }

    /// A value of `missing` or `search_after`; nil if it is not one of this key's kind.
    func key(_ value: QueryValue) -> SortKey? {
        switch values {
        case .keywords: return coding.term(value.scalar.text).map { .keyword($0) }
        case .dates:
            if case .string(let text) = value, let moment = reading?.milliseconds(text) { return .long(moment) }
        case .booleans:
            switch value {
            case .boolean(let flag): return .long(flag ? 1 : 0)
            case .string("true"): return .long(1)
            case .string("false"): return .long(0)
            default: break
            }
        case .unsigned:
            if let number = UInt64(value.scalar.text) { return .long(Int64(bitPattern: number ^ 1 << 63)) }
            return nil
        case .longs where isNanoseconds:
            if case .string(let text) = value, Int64(text) == nil { return reading?.moment(nanoseconds: text).map { .long($0) } }
        case .score, .longs, .scaled, .floats, .doubles, .truncated: break
        }
        let text = value.scalar.text
        switch values {
        case .longs, .booleans, .dates, .truncated:
            if let number = Int64(text) { return .long(number) }
            guard let number = Double(text), let whole = Int64(exactly: number.rounded(.towardZero)) else { return nil }
            return .long(whole)
        default:
            if text == "Infinity" { return .double(.infinity) }
            if text == "-Infinity" { return .double(-.infinity) }
            guard let number = Double(text), number.isFinite else { return nil }
            return .double(values == .floats || values == .score ? Double(Float(number)) : number)
        }
    }
}
