/// What the ends of a range field's spans are.
public enum SpanValues: Equatable, Sendable {
    case whole, decimal
    /// Milliseconds since 1970, shown in a format.
    case dates(DateFormat)

    /// The ends, included, of a span as the index holds it: two numbers of 16 hexadecimal digits each, in their order. What is open
    /// ends at infinity.
    public func ends(of term: String) -> ClosedRange<Double>? {
        guard term.utf8.count == 32, let lower = UInt64(term.prefix(16), radix: 16), let upper = UInt64(term.suffix(16), radix: 16)
        else { return nil }
        let (low, high) = (number(lower), number(upper))
        return low <= high ? low...high : nil
    }

    private func number(_ code: UInt64) -> Double {
        let value = Int64(bitPattern: code ^ 1 << 63)
        switch self {
        // The end itself may be left out.
        case .whole, .dates: return value <= .min + 1 ? -.infinity : value >= .max - 1 ? .infinity : Double(value)
        case .decimal: return Double(bitPattern: UInt64(bitPattern: value ^ (value >> 63) & .max))
        }
    }
}

extension FieldMapping {
    /// Of a range field; nil for other types, and for spans of addresses.
    public var spanValues: SpanValues? {
        guard case .served(let served) = type, let range = served.definition as? RangeType else { return nil }
        switch range.kind {
        case .integer, .long: return .whole
        case .float, .double: return .decimal
        case .date: return .dates(range.format)
        case .ip: return nil
        }
    }

    /// Whether values are spans.
    public var isSpan: Bool {
        guard case .served(let served) = type else { return false }
        return served.definition is RangeType
    }
}
