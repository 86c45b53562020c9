internal import Dates

/// A moment, or a date or time of no zone, as the classes of `java.time` show it: to the millisecond.
final class DateObject: ScriptObject {
    enum Style {
        case zoned, instant, dateTime, date, time
    }

    /// Since 1970-01-01T00:00Z, in a range that additions do not leave.
    let milliseconds: Int64
    /// Seconds east of Greenwich.
    let offset: Int
    let style: Style

    static let dayLength: Int64 = 86_400_000
    private static let range: ClosedRange<Int64> = -4_000_000_000_000_000...4_000_000_000_000_000

    init(_ milliseconds: Int64, offset: Int = 0, style: Style = .zoned) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
        self.offset = offset
        self.style = style
    }

    /// ISO 8601: `2020-01-31`, `2020-01-31T10:20:30.123Z`, `2020-01-31T10:20:30+02:00`.
    convenience init?(parsing text: String, style: Style = .zoned) {
        var text = text, offset = 0
        if let start = text.lastIndex(where: { "+Z-".contains($0) }), text.distance(from: text.startIndex, to: start) > 10 {
            guard let seconds = ZoneOffset.seconds(String(text[start...])) else { return nil }
            offset = seconds
            text = String(text[..<start])
        }
        let fields = text.split(whereSeparator: { "-T:.".contains($0) }).map { Int64($0) }
        guard text.utf8.count >= 10, text.utf8.count < 40, fields.count >= 3, fields.count <= 7,
            let year = fields[0], let month = fields[1], let day = fields[2], 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day
        else { return nil }
        func part(_ index: Int) -> Int64 { min(max(index < fields.count ? fields[index] ?? 0 : 0, 0), 999_999_999) }
        var fraction = part(6)
        let digits = text.split(separator: ".").dropFirst().first?.count ?? 3
        if digits < 3 { for _ in digits..<3 { fraction *= 10 } }
        for _ in 3..<max(3, min(digits, 9)) { fraction /= 10 }
        let time = part(3) * 3_600_000 + part(4) * 60_000 + part(5) * 1000 + fraction
        self.init(
            Self.days(year: year, month: month, day: day) * Self.dayLength + time - Int64(offset) * 1000, offset: offset, style: style)
    }

    /// The parts that a calendar and a clock show.
    struct Fields {
        var year, month, day, dayOfYear, weekday, hour, minute, second, milli: Int64
    }

    var fields: Fields {
        let date = date
        return Fields(
            year: Int64(date.year), month: Int64(date.month), day: Int64(date.day), dayOfYear: Int64(date.dayOfYear),
            weekday: Int64(date.weekday), hour: time / 3_600_000, minute: time / 60_000 % 60,
            second: time / 1000 % 60, milli: time % 1000)
    }

    func with(_ milliseconds: Int64, _ style: Style? = nil) -> DateObject {
        DateObject(milliseconds, offset: offset, style: style ?? self.style)
    }

    /// As the clock of the zone shows it.
    var local: Int64 { milliseconds + Int64(offset) * 1000 }

    /// Whole days since 1970, rounded down.
    var day: Int64 { Int64(Int(local).flooredQuotient(Int(Self.dayLength))) }
    /// Milliseconds since the day began.
    var time: Int64 { local - day * Self.dayLength }
    var date: CivilDate { CivilDate(daysSinceEpoch: Int(day)) }

    /// Days since 1970 of a day that need not be one of the month's.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        Int64(CivilDate.daysSinceEpoch(year: Int(year), month: Int(month), day: Int(day)))
    }

    var typeName: String {
        switch style {
        case .zoned: "java.time.ZonedDateTime"
        case .instant: "java.time.Instant"
        case .dateTime: "java.time.LocalDateTime"
        case .date: "java.time.LocalDate"
        case .time: "java.time.LocalTime"
        }
    }

    /// `2020-01-31T10:20:30.123Z`, without a fraction or seconds that are zero, as Java's `toString`.
    var text: String {
        func padded(_ value: Int64, _ count: Int = 2) -> String {
            let digits = String(value.magnitude)
            return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        let fields = fields
        let date = "\(padded(fields.year, 4))-\(padded(fields.month))-\(padded(fields.day))"
        var clock = "\(padded(fields.hour)):\(padded(fields.minute))"
        if time % 60_000 != 0 || style == .instant { clock += ":\(padded(fields.second))" }
        if time % 1000 != 0 { clock += ".\(padded(fields.milli, 3))" }
        switch style {
        case .zoned: return "\(date)T\(clock)\(offset == 0 ? "Z" : ZoneOffset.text(offset))"
        case .instant: return "\(date)T\(clock)Z"
        case .dateTime: return "\(date)T\(clock)"
        case .date: return date
        case .time: return clock
        }
    }

    func isEqual(_ other: any ScriptObject) -> Bool {
        guard let other = other as? DateObject else { return false }
        return other.milliseconds == milliseconds && other.style == style
    }
}
