/// What a text says of a moment; the rest is filled in by `milliseconds(roundingUp:offset:)`.
public struct DateParts: Equatable, Sendable {
    public var year: Int?
    public var month: Int?
    public var day: Int?
    public var dayOfYear: Int?
    public var hour: Int?
    public var halfDayHour: Int?
    public var isAfternoon: Bool?
    public var minute: Int?
    public var second: Int?
    public var nanosecond: Int?
    /// Seconds east of Greenwich.
    public var offset: Int?

    public init() {}

    /// Milliseconds since 1970-01-01T00:00Z, or nil if the parts make no date.
    ///
    /// - Parameters:
    ///   - roundingUp: what is missing of the time of day takes its greatest value instead of its least; a missing month or day is
    ///     the first in either case, as in Elasticsearch.
    ///   - offset: seconds east of Greenwich if the text names no offset.
    public func milliseconds(roundingUp: Bool, offset defaultOffset: Int) -> Int64? {
        let year = year ?? 1970
        let date: CivilDate?
        if let dayOfYear {
            guard (1...(CivilDate.isLeap(year) ? 366 : 365)).contains(dayOfYear),
                let first = CivilDate(year: year, month: 1, day: 1)
            else { return nil }
            date = CivilDate(daysSinceEpoch: first.daysSinceEpoch + dayOfYear - 1)
        } else {
            date = CivilDate(year: year, month: month ?? 1, day: day ?? 1)
        }
        let hour = hour ?? halfDayHour.map { $0 % 12 + (isAfternoon == true ? 12 : 0) } ?? (roundingUp ? 23 : 0)
        let minute = minute ?? (roundingUp ? 59 : 0)
        let second = second ?? (roundingUp ? 59 : 0)
        let nanosecond = nanosecond ?? (roundingUp ? 999_999_999 : 0)
        guard let date, (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else {
            return nil
        }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second - (offset ?? defaultOffset)
        return Int64(seconds) * 1000 + Int64(nanosecond / 1_000_000)
    }
}
