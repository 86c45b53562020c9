internal import Mapping

/// A span of time as Elasticsearch writes it: with the largest unit that it fills, and one decimal, cut off.
enum TimeText {
    private static let units: [(name: String, nanoseconds: Int)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000), ("ms", 1_000_000),
        ("micros", 1000),
    ]

    static func text(milliseconds: Int) -> String {
        if milliseconds == 0 { return "0s" }
        let nanoseconds = milliseconds.multipliedReportingOverflow(by: 1_000_000)
        return nanoseconds.overflow ? "\(milliseconds / 86_400_000)d" : text(nanoseconds: nanoseconds.partialValue)
    }

    static func text(nanoseconds: Int) -> String {
        if nanoseconds == 0 { return "0s" }
        for (name, size) in units where nanoseconds >= size {
            // Of more than 2^63 tenths nothing is known here.
            let whole = nanoseconds / size, tenth = nanoseconds % size / (size / 10)
            return tenth == 0 ? "\(whole)\(name)" : "\(whole).\(tenth)\(name)"
        }
        return nanoseconds < 0 ? "\(nanoseconds)" : "\(nanoseconds)nanos"
    }
}

/// A moment as Elasticsearch writes it: `2026-01-31T12:00:00.000Z`.
enum DateText {
    static func text(_ milliseconds: Int) -> String { DateFormat.standard.string(milliseconds: Int64(milliseconds)) }
}
