/// A moment in UTC, as `ZonedDateTime` shows it.
///
/// Days are counted as Howard Hinnant's `days_from_civil` does (https://howardhinnant.github.io/date_algorithms.html).
final class DateObject: ScriptObject {
    /// Since 1970-01-01T00:00Z, in a range that additions do not leave.
    let milliseconds: Int64

    static let dayLength: Int64 = 86_400_000
    private static let range: ClosedRange<Int64> = -4_000_000_000_000_000...4_000_000_000_000_000

    init(_ milliseconds: Int64) {
        self.milliseconds = min(max(milliseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    /// ISO 8601: `2020-01-31`, `2020-01-31T10:20:30.123Z`.
    convenience init?(parsing text: String) {
        let fields = text.split(whereSeparator: { "-T:.Z+".contains($0) }).map { Int64($0) }
        guard text.utf8.count >= 10, text.utf8.count < 40, fields.count >= 3, fields.count <= 9,
            let year = fields[0], let month = fields[1], let day = fields[2], 0...9999 ~= year, 1...12 ~= month, 1...31 ~= day
        else { return nil }
        func part(_ index: Int) -> Int64 { min(max(index < fields.count ? fields[index] ?? 0 : 0, 0), 999_999_999) }
        var fraction = part(6)
        while fraction > 999 { fraction /= 10 }
        let time = part(3) * 3_600_000 + part(4) * 60_000 + part(5) * 1000 + fraction
        self.init(Self.days(year: year, month: month, day: day) * Self.dayLength + time)
    }

    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Whole days since 1970, rounded down.
    private var day: Int64 { milliseconds >= 0 ? milliseconds / Self.dayLength : (milliseconds + 1) / Self.dayLength - 1 }
    private var time: Int64 { milliseconds - day * Self.dayLength }

    private var date: (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let month = (5 * dayOfYear + 2) / 153
        let civil = month < 10 ? month + 3 : month - 9
        return (yearOfEra + era * 400 + (civil <= 2 ? 1 : 0), civil, dayOfYear - (153 * month + 2) / 5 + 1)
    }

    let typeName = "java.time.ZonedDateTime"

    /// `2020-01-31T10:20:30.123Z`, without a fraction or seconds that are zero, as Java's `toString`.
    var text: String {
        func padded(_ value: Int64, _ count: Int = 2) -> String {
            let digits = String(value.magnitude)
            return (value < 0 ? "-" : "") + String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        let date = date
        var text = "\(padded(date.year, 4))-\(padded(date.month))-\(padded(date.day))T\(padded(time / 3_600_000)):\(padded(time / 60_000 % 60))"
        if time % 60_000 != 0 { text += ":\(padded(time / 1000 % 60))" }
        if time % 1000 != 0 { text += ".\(padded(time % 1000, 3))" }
        return text + "Z"
    }

    func isEqual(_ other: any ScriptObject) -> Bool { (other as? DateObject)?.milliseconds == milliseconds }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("getYear", 0): return .int(Int32(clamping: date.year))
        case ("getMonthValue", 0): return .int(Int32(clamping: date.month))
        case ("getDayOfMonth", 0): return .int(Int32(clamping: date.day))
        case ("getDayOfYear", 0): return .int(Int32(clamping: day - Self.days(year: date.year, month: 1, day: 1) + 1))
        case ("getHour", 0): return .int(Int32(clamping: time / 3_600_000))
        case ("getMinute", 0): return .int(Int32(clamping: time / 60_000 % 60))
        case ("getSecond", 0): return .int(Int32(clamping: time / 1000 % 60))
        case ("getNano", 0): return .int(Int32(clamping: time % 1000 * 1_000_000))
        case ("getDayOfWeek", 0), ("getDayOfWeekEnum", 0), ("getValue", 0):
            let weekday = (day + 3) % 7
            return .int(Int32(clamping: (weekday < 0 ? weekday + 7 : weekday) + 1))
        case ("toInstant", 0), ("toZonedDateTime", 0): return .object(self)
        case ("toEpochMilli", 0), ("getMillis", 0): return .long(milliseconds)
        case ("toEpochSecond", 0), ("getEpochSecond", 0):
            return .long(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1)
        case ("isBefore", 1), ("isAfter", 1), ("isEqual", 1):
            guard case .object(let other as DateObject) = arguments[0] else {
                throw .cannotCast(from: arguments[0].typeName, to: typeName)
            }
            if name == "isEqual" { return .bool(milliseconds == other.milliseconds) }
            return .bool(name == "isBefore" ? milliseconds < other.milliseconds : milliseconds > other.milliseconds)
        case (_, 1): return try moved(name, arguments[0])
        default: return nil
        }
    }

    private static let units: [(name: String, milliseconds: Int64)] = [
        ("Weeks", 7 * dayLength), ("Days", dayLength), ("Hours", 3_600_000), ("Minutes", 60_000), ("Seconds", 1000), ("Millis", 1),
    ]

    private func moved(_ name: String, _ amount: ScriptValue) throws(ScriptFault) -> ScriptValue? {
        let sign: Int64 = name.hasPrefix("minus") ? -1 : 1
        guard name.hasPrefix("plus") || sign < 0, let type = amount.numericType, type == .int || type == .long else { return nil }
        let unit = name.dropFirst(sign < 0 ? 5 : 4), count = min(max(amount.long, -10_000_000_000), 10_000_000_000) * sign
        if let known = Self.units.first(where: { $0.name == unit }) {
            let (span, overflow) = count.multipliedReportingOverflow(by: known.milliseconds)
            let (sum, leaves) = milliseconds.addingReportingOverflow(span)
            return .object(DateObject(overflow || leaves ? (count < 0 ? .min : .max) : sum))
        }
        guard unit == "Months" || unit == "Years" else { return nil }
        let date = date, total = date.year * 12 + date.month - 1 + count * (unit == "Years" ? 12 : 1)
        let year = min(max(total >= 0 ? total / 12 : (total + 1) / 12 - 1, -120_000), 120_000)
        let month = total - (total >= 0 ? total / 12 : (total + 1) / 12 - 1) * 12 + 1
        let first = Self.days(year: year, month: month, day: 1)
        let length = (month == 12 ? Self.days(year: year + 1, month: 1, day: 1) : Self.days(year: year, month: month + 1, day: 1)) - first
        return .object(DateObject((first + min(date.day, length) - 1) * Self.dayLength + time))
    }
}
