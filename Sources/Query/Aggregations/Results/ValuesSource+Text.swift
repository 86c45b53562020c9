internal import Mapping

extension ValuesSource {
    /// A key as its type shows it; nil where it shows itself.
    public func formatted(_ key: BucketKey) -> String? { format.text(key) }

    /// A key as a text, as member names of answers have it.
    public func text(_ key: BucketKey) -> String {
        if let text = formatted(key) { return text }
        switch (key, format) {
        case (.string(let term), .coded(let coding)): return coding.text(term)
        case (.long(let value), .unsigned): return String(UInt64(bitPattern: value) ^ 1 << 63)
        default: break
        }
        return switch key {
        case .string(let text): text
        case .long(let value): String(value)
        case .double(let value): JavaNumber.text(value)
        }
    }
}

extension ValuesSource.Format {
    /// The key as text; nil where it is shown as it is.
    public func text(_ key: BucketKey) -> String? {
        switch self {
        case .raw, .unsigned, .coded, .constant: nil
        case .boolean: key.number == 0 ? "false" : "true"
        case .date(let format, let zone): Self.date(Int64(exactly: key.number.rounded()) ?? 0, format, zone)
        case .decimal(let format): format.string(key.number)
        }
    }

    private static func date(_ moment: Int64, _ format: DateFormat, _ zone: ZoneRule) -> String {
        format.string(milliseconds: moment, offset: zone.seconds(at: moment))
    }
}

extension RangePlan {
    /// The key that it is answered by.
    public func text(_ source: ValuesSource) -> String {
        if let key { return key }
        func bound(_ value: Double?) -> String { value.map { source.text(.double($0)) } ?? "*" }
        return "\(bound(from))-\(bound(to))"
    }
}

/// Numbers as Java writes them, where they are parts of texts.
public enum JavaNumber {
    /// As `Double.toString`: plain from 0.001 up to ten millions, else with an exponent (`1.0E7`).
    public static func text(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let size = abs(value)
        if value == 0 || (size >= 1e-3 && size < 1e7) { return value.description.contains("e") ? plain(value) : value.description }
        return scientific(value)
    }

    /// The digits of the shortest form, and the power of ten that the first stands at.
    private static func digits(_ value: Double) -> (digits: [Character], exponent: Int) {
        var mantissa = abs(value).description, exponent = 0
        if let mark = mantissa.firstIndex(where: { $0 == "e" }) {
            exponent = Int(mantissa[mantissa.index(after: mark)...]) ?? 0
            mantissa = String(mantissa[..<mark])
        }
        let parts = mantissa.split(separator: ".", omittingEmptySubsequences: false)
        let whole = parts.first.map(String.init) ?? "0"
        var digits = Array(whole + (parts.count > 1 ? String(parts[1]) : ""))
        exponent += whole.count - 1
        while digits.count > 1, digits.first == "0" {
            digits.removeFirst()
            exponent -= 1
        }
        while digits.count > 1, digits.last == "0" { digits.removeLast() }
        return (digits, exponent)
    }

    private static func scientific(_ value: Double) -> String {
        let (digits, exponent) = digits(value)
        let rest = digits.count > 1 ? String(digits[1...]) : "0"
        return (value < 0 ? "-" : "") + "\(digits[0]).\(rest)E\(exponent)"
    }

    private static func plain(_ value: Double) -> String {
        let (digits, exponent) = digits(value)
        return (value < 0 ? "-" : "") + "0." + String(repeating: "0", count: max(0, -exponent - 1)) + String(digits)
    }
}
