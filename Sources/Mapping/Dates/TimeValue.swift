/// Elasticsearch's time units: `500ms`, `5s`, `1m`, `2h`, `1d`, `10micros`, `10nanos`.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/api-conventions#time-units
public enum TimeValue {
    private static let units: [(suffix: String, nanoseconds: Int)] = [
        ("nanos", 1), ("micros", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000),
        ("h", 3_600_000_000_000), ("d", 86_400_000_000_000),
    ]

    /// The duration that `text` says, or nil if it says none. A bare `0` needs no unit.
    public static func parse(_ text: some StringProtocol) -> Duration? {
        if text == "0" { return .zero }
        guard let unit = units.first(where: { text.hasSuffix($0.suffix) && Int(text.dropLast($0.suffix.count)) != nil }),
            let count = Int(text.dropLast(unit.suffix.count)), count >= 0
        else { return nil }
        let (nanoseconds, overflow) = count.multipliedReportingOverflow(by: unit.nanoseconds)
        return overflow ? nil : .nanoseconds(nanoseconds)
    }
}

extension TimeValue {
    /// The same in milliseconds.
    public static func milliseconds(_ text: String) -> Double? {
        if let (seconds, attoseconds) = parse(text)?.components { return Double(seconds) * 1000 + Double(attoseconds) / 1e15 }
        // Centuries are more nanoseconds than there are numbers.
        guard text.last == "d", let days = Int32(text.dropLast()), days >= 0 else { return nil }
        return Double(days) * 86_400_000
    }
}
