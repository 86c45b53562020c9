public import Mapping

/// The intervals that an `auto_date_histogram` chooses among: units of time, and how many of one a bucket may span.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-bucket-autodatehistogram-aggregation
public struct AutoDateIntervals: Equatable, Sendable {
    /// A unit of time, and how many of it a bucket may span.
    public struct Unit: Equatable, Sendable {
        public var interval: DateInterval
        /// As in an answer's `interval`.
        public var letter: String
        public var steps: [Int]
        var name: String
    }

    private static let all = [
        Unit(interval: .milliseconds(1000), letter: "s", steps: [1, 5, 10, 30], name: "second"),
        Unit(interval: .minute, letter: "m", steps: [1, 5, 10, 30], name: "minute"),
        Unit(interval: .hour, letter: "h", steps: [1, 3, 12], name: "hour"),
        Unit(interval: .day, letter: "d", steps: [1, 7], name: "day"),
        Unit(interval: .month, letter: "M", steps: [1, 3], name: "month"),
        Unit(interval: .year, letter: "y", steps: [1, 5, 10, 20, 50, 100], name: "year"),
    ]

    public let units: [Unit]
    public let zone: ZoneRule

    /// - Parameter least: the name of the least unit; nil: seconds.
    /// - Returns: nil for a name that is none.
    public init?(least: String?, zone: ZoneRule) {
        guard let first = Self.all.firstIndex(where: { $0.name == least ?? "second" }) else { return nil }
        units = Array(Self.all[first...])
        self.zone = zone
    }

    /// What brings moments down to the beginning of the unit with this number.
    public func rounding(_ unit: Int) -> DateRounding { DateRounding(interval: units[unit].interval, zone: zone) }

    /// The least unit from one on with which a span of time needs no more buckets than may be brought together.
    public func unit(from first: Int, spanning moments: ClosedRange<Int64>, buckets: Int) -> Int {
        var unit = first
        while unit < units.count - 1 {
            let most = buckets * (units[unit].steps.last ?? 1)
            let rounding = rounding(unit)
            var count = 1
            var start = rounding.start(of: moments.lowerBound)
            // Counted only as far as it matters.
            while count <= most {
                start = rounding.next(after: start)
                if start > moments.upperBound { return unit }
                count += 1
            }
            unit += 1
        }
        return unit
    }

    /// How many units each of so many buckets must span.
    public func step(_ unit: Int, count: Int, buckets: Int) -> Int {
        let steps = units[unit].steps
        return steps.first { (count + $0 - 1) / $0 <= buckets } ?? steps.last ?? 1
    }
}
