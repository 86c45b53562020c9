internal import Dates

/// A date field's `format`: named formats and patterns, tried in order.
///
/// Reference: https://www.elastic.co/docs/reference/elasticsearch/mapping-reference/mapping-date-format
public struct DateFormat: Equatable, Sendable {
    /// What a date field reads when its mapping says nothing.
    public static let defaultPattern = "strict_date_optional_time||epoch_millis"
    public static let standard = DateFormat(
        pattern: defaultPattern, alternatives: [.pattern(.dateOptionalTime), .epochMillis])

    enum Alternative: Equatable, Sendable {
        case epochMillis
        case epochSecond
        case pattern(DatePattern)
    }

    /// As written in the mapping.
    public let pattern: String
    let alternatives: [Alternative]

    private init(pattern: String, alternatives: [Alternative]) {
        self.pattern = pattern
        self.alternatives = alternatives
    }

    /// - Returns: nil for a format that is not understood.
    public init?(_ pattern: String) {
        var alternatives: [Alternative] = []
        for name in pattern.split(separator: "||") {
            switch name {
            case "epoch_millis": alternatives.append(.epochMillis)
            case "epoch_second": alternatives.append(.epochSecond)
            default:
                let name = String(name)
                guard let compiled = DatePattern(named: name) ?? DatePattern(name) else { return nil }
                alternatives.append(.pattern(compiled))
            }
        }
        guard !alternatives.isEmpty else { return nil }
        self.init(pattern: pattern, alternatives: alternatives)
    }

    /// Reads a date.
    ///
    /// - Parameters:
    ///   - roundingUp: parts that are missing take their greatest values (for `lte` and `gt`).
    ///   - offset: seconds east of Greenwich where the text names no offset.
    /// - Returns: milliseconds since 1970-01-01T00:00Z, or nil if no alternative reads the text.
    public func milliseconds(_ text: String, roundingUp: Bool = false, offset: Int = 0) -> Int64? {
        for alternative in alternatives {
            let value: Int64? =
                switch alternative {
                case .epochMillis: Self.epoch(text, scale: 1)
                case .epochSecond: Self.epoch(text, scale: 1000)
                case .pattern(let pattern):
                    pattern.parse(text.utf8)?.milliseconds(roundingUp: roundingUp, offset: offset)
                }
            if let value, CivilDate.milliseconds.contains(value) { return value }
        }
        return nil
    }

    /// Writes a date by the first alternative.
    ///
    /// - Parameter offset: seconds east of Greenwich of the place whose time it is.
    public func string(milliseconds: Int64, offset: Int = 0) -> String {
        switch alternatives.first {
        case .pattern(let pattern): pattern.format(milliseconds: milliseconds, offset: offset)
        case .epochSecond: String(Int(milliseconds).flooredQuotient(1000))
        case .epochMillis, nil: String(milliseconds)
        }
    }

    private static func epoch(_ text: String, scale: Int64) -> Int64? {
        if let whole = Int64(text) {
            let (value, overflow) = whole.multipliedReportingOverflow(by: scale)
            return overflow ? nil : value
        }
        guard
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }),
            let decimal = Double(text)
        else { return nil }
        return Int64(exactly: (decimal * Double(scale)).rounded(.down))
    }
}
