/// A moment, or a date or time of no zone, as the classes of `java.time` show it: to the millisecond.
///
/// Days are counted as Howard Hinnant's `days_from_civil` does (https://howardhinnant.github.io/date_algorithms.html).
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
            guard let seconds = Self.offset(String(text[start...])) else { return nil }
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

    /// `Z`, `UTC`, `+02`, `+0200`, `+02:00` in seconds; nil for anything else.
    static func offset(_ zone: String) -> Int? {
        if ["Z", "UTC", "GMT", "UT"].contains(zone) { return 0 }
        var digits = Substring(zone)
        for prefix in ["UTC", "GMT", "UT"] where digits.hasPrefix(prefix) { digits = digits.dropFirst(prefix.count) }
        guard let sign = digits.popFirst(), sign == "+" || sign == "-" else { return nil }
        let numbers = digits.filter { $0 != ":" }
        guard [1, 2, 4, 6].contains(numbers.count), let hours = Int(numbers.prefix(2)), hours <= 18 else { return nil }
        let minutes = Int(numbers.dropFirst(2).prefix(2)) ?? 0, seconds = Int(numbers.dropFirst(4)) ?? 0
        return (hours * 3600 + minutes * 60 + seconds) * (sign == "-" ? -1 : 1)
    }

    static func offsetText(_ offset: Int) -> String {
        func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let size = abs(offset)
        return (offset < 0 ? "-" : "+") + two(size / 3600) + ":" + two(size / 60 % 60)
    }

    /// The parts that a calendar and a clock show.
    struct Fields {
        var year, month, day, dayOfYear, weekday, hour, minute, second, milli: Int64
    }

    var fields: Fields {
        let date = date
        let weekday = (day + 3) % 7
        return Fields(
            year: date.year, month: date.month, day: date.day, dayOfYear: day - Self.days(year: date.year, month: 1, day: 1) + 1,
            weekday: (weekday < 0 ? weekday + 7 : weekday) + 1, hour: time / 3_600_000, minute: time / 60_000 % 60,
            second: time / 1000 % 60, milli: time % 1000)
    }

    private func with(_ milliseconds: Int64, _ style: Style? = nil) -> DateObject {
        DateObject(milliseconds, offset: offset, style: style ?? self.style)
    }

    /// As the clock of the zone shows it.
    private var local: Int64 { milliseconds + Int64(offset) * 1000 }

    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// Whole days since 1970, rounded down.
    private var day: Int64 { local >= 0 ? local / Self.dayLength : (local + 1) / Self.dayLength - 1 }
    private var time: Int64 { local - day * Self.dayLength }

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
        case .zoned: return "\(date)T\(clock)\(offset == 0 ? "Z" : Self.offsetText(offset))"
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

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if arguments.isEmpty { return read(name) }
        func date(_ index: Int) throws(ScriptFault) -> DateObject {
            guard case .object(let object) = arguments[index], let date = object as? DateObject else {
                throw .cannotCast(from: arguments[index].typeName, to: typeName)
            }
            return date
        }
        func constant(_ index: Int) throws(ScriptFault) -> EnumObject {
            guard arguments.indices.contains(index), case .object(let object) = arguments[index], let constant = object as? EnumObject else {
                throw .cannotCast(from: arguments[min(index, arguments.count - 1)].typeName, to: "java.time.temporal.TemporalUnit")
            }
            return constant
        }
        switch (name, arguments.count) {
        case ("isBefore", 1): return .bool(milliseconds < (try date(0)).milliseconds)
        case ("isAfter", 1): return .bool(milliseconds > (try date(0)).milliseconds)
        case ("isEqual", 1): return .bool(milliseconds == (try date(0)).milliseconds)
        case ("format", 1):
            if case .string(let text) = arguments[0] { return DatePatternObject(text).map { .string($0.format(self)) } }
            guard case .object(let object) = arguments[0], let pattern = object as? DatePatternObject else {
                throw .cannotCast(from: arguments[0].typeName, to: "java.time.format.DateTimeFormatter")
            }
            return try run.makeString(pattern.format(self))
        case ("withZoneSameInstant", 1), ("atZone", 1), ("withZoneSameLocal", 1), ("atOffset", 1):
            guard let seconds = Self.offset(try constant(0).name) else { return nil }
            // What is local keeps what its clock shows.
            let keepsLocal = name == "withZoneSameLocal" || style == .dateTime
            return .object(DateObject(keepsLocal ? local - Int64(seconds) * 1000 : milliseconds, offset: seconds, style: .zoned))
        case ("atStartOfDay", 1):
            guard let seconds = Self.offset(try constant(0).name) else { return nil }
            return .object(DateObject(local - Int64(seconds) * 1000, offset: seconds, style: .zoned))
        case ("truncatedTo", 1):
            guard let length = Self.lengths[try constant(0).name], length <= Self.dayLength else { return nil }
            let cut = local - ((local % length) + length) % length
            return .object(with(cut - Int64(offset) * 1000))
        case ("plus", 2), ("minus", 2):
            let unit = try constant(1).name
            let amount = name == "plus" ? arguments[0].long : 0 &- arguments[0].long
            return try moved(unit, amount).map { .object($0) }
        case ("plus", 1), ("minus", 1):
            guard case .object(let object) = arguments[0], let span = object as? DurationObject else { return nil }
            let (sum, overflow) = milliseconds.addingReportingOverflow(name == "plus" ? span.milliseconds : 0 &- span.milliseconds)
            return .object(with(overflow ? .max : sum))
        case ("until", 2): return .long(count(of: try constant(1).name, until: try date(0)))
        case ("get", 1), ("getLong", 1):
            guard let value = field(try constant(0).name) else { return nil }
            return name == "get" ? .int(Int32(clamping: value)) : .long(value)
        case ("with", 2):
            guard let setter = Self.setters[try constant(0).name] else { return nil }
            return setting(setter, arguments[1])
        case (_, 1):
            if name.hasPrefix("with") { return setting(String(name.dropFirst(4)), arguments[0]) }
            let isPlus = name.hasPrefix("plus")
            guard isPlus || name.hasPrefix("minus"), let type = arguments[0].numericType, type.rawValue <= 1 else { return nil }
            let unit = name.dropFirst(isPlus ? 4 : 5).uppercased()
            return try moved(unit, isPlus ? arguments[0].long : 0 &- arguments[0].long).map { .object($0) }
        default: return nil
        }
    }

    private func read(_ name: String) -> ScriptValue? {
        let fields = fields
        func int(_ value: Int64) -> ScriptValue { .int(Int32(clamping: value)) }
        switch name {
        case "getYear": return int(fields.year)
        case "getMonthValue", "getMonthOfYear": return int(fields.month)
        case "getMonth": return .object(EnumObject("Month", EnumObject.months[Int(fields.month) - 1], Int(fields.month)))
        case "getDayOfMonth": return int(fields.day)
        case "getDayOfYear": return int(fields.dayOfYear)
        case "getHour", "getHourOfDay": return int(fields.hour)
        case "getMinute", "getMinuteOfHour": return int(fields.minute)
        case "getSecond", "getSecondOfMinute": return int(fields.second)
        case "getNano": return int(fields.milli * 1_000_000)
        case "getMillisOfSecond": return int(fields.milli)
        case "getDayOfWeek", "getDayOfWeekEnum":
            return .object(EnumObject("DayOfWeek", EnumObject.days[Int(fields.weekday) - 1], Int(fields.weekday)))
        case "toInstant": return .object(DateObject(milliseconds, style: .instant))
        case "toZonedDateTime", "toOffsetDateTime": return .object(with(milliseconds, .zoned))
        case "toLocalDateTime": return .object(DateObject(local, style: .dateTime))
        case "toLocalDate": return .object(DateObject(local - time, style: .date))
        case "toLocalTime": return .object(DateObject(time, style: .time))
        case "atStartOfDay": return .object(DateObject(local, style: .dateTime))
        case "toEpochMilli", "getMillis", "getTime": return .long(milliseconds)
        case "toEpochSecond", "getEpochSecond": return .long(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds + 1) / 1000 - 1)
        case "toEpochDay": return .long(day)
        case "toNanoOfDay": return .long(time * 1_000_000)
        case "toSecondOfDay": return int(time / 1000)
        case "getOffset", "getZone": return .object(EnumObject("ZoneId", offset == 0 ? "Z" : Self.offsetText(offset)))
        case "lengthOfMonth": return int(Self.monthLength(fields.year, fields.month))
        case "lengthOfYear": return int(Self.days(year: fields.year + 1, month: 1, day: 1) - Self.days(year: fields.year, month: 1, day: 1))
        case "isLeapYear": return .bool(Self.monthLength(fields.year, 2) == 29)
        default: return nil
        }
    }

    private func field(_ name: String) -> Int64? {
        let fields = fields
        switch name {
        case "YEAR": return fields.year
        case "MONTH_OF_YEAR": return fields.month
        case "DAY_OF_MONTH": return fields.day
        case "DAY_OF_WEEK": return fields.weekday
        case "DAY_OF_YEAR": return fields.dayOfYear
        case "HOUR_OF_DAY": return fields.hour
        case "HOUR_OF_AMPM": return fields.hour % 12
        case "AMPM_OF_DAY": return fields.hour / 12
        case "MINUTE_OF_HOUR": return fields.minute
        case "SECOND_OF_MINUTE": return fields.second
        case "MILLI_OF_SECOND": return fields.milli
        case "NANO_OF_SECOND": return fields.milli * 1_000_000
        case "MINUTE_OF_DAY": return time / 60_000
        case "SECOND_OF_DAY": return time / 1000
        case "MILLI_OF_DAY": return time
        case "EPOCH_DAY": return day
        case "INSTANT_SECONDS": return (milliseconds - ((milliseconds % 1000) + 1000) % 1000) / 1000
        case "ALIGNED_WEEK_OF_YEAR": return (fields.dayOfYear - 1) / 7 + 1
        default: return nil
        }
    }

    private static let setters = [
        "YEAR": "Year", "MONTH_OF_YEAR": "Month", "DAY_OF_MONTH": "DayOfMonth", "DAY_OF_YEAR": "DayOfYear", "HOUR_OF_DAY": "Hour",
        "MINUTE_OF_HOUR": "Minute", "SECOND_OF_MINUTE": "Second",
    ]

    private func setting(_ part: String, _ value: ScriptValue) -> ScriptValue? {
        guard let type = value.numericType, type.rawValue <= 1, let number = Int32(exactly: value.long) else { return nil }
        var fields = fields
        let wanted = Int64(number)
        switch part {
        case "Year" where 0...9999 ~= wanted: fields.year = wanted
        case "Month" where 1...12 ~= wanted: fields.month = wanted
        case "DayOfMonth" where 1...31 ~= wanted: fields.day = wanted
        case "DayOfYear" where 1...366 ~= wanted: (fields.month, fields.day) = (1, wanted)
        case "Hour" where 0...23 ~= wanted: fields.hour = wanted
        case "Minute" where 0...59 ~= wanted: fields.minute = wanted
        case "Second" where 0...59 ~= wanted: fields.second = wanted
        case "Nano" where 0...999_999_999 ~= wanted: fields.milli = wanted / 1_000_000
        default: return nil
        }
        if part != "DayOfYear" { fields.day = min(fields.day, Self.monthLength(fields.year, fields.month)) }
        let clock = fields.hour * 3_600_000 + fields.minute * 60_000 + fields.second * 1000 + fields.milli
        let moved = Self.days(year: fields.year, month: fields.month, day: 1) + fields.day - 1
        return .object(with(moved * Self.dayLength + clock - Int64(offset) * 1000))
    }

    // MARK: Spans

    private static let lengths: [String: Int64] = [
        "MILLIS": 1, "SECONDS": 1000, "MINUTES": 60_000, "HOURS": 3_600_000, "HALF_DAYS": 43_200_000, "DAYS": dayLength,
        "WEEKS": 7 * dayLength,
    ]
    private static let monthCounts: [String: Int64] = ["MONTHS": 1, "YEARS": 12, "DECADES": 120, "CENTURIES": 1200]

    static func monthLength(_ year: Int64, _ month: Int64) -> Int64 {
        (month == 12 ? days(year: year + 1, month: 1, day: 1) : days(year: year, month: month + 1, day: 1))
            - days(year: year, month: month, day: 1)
    }

    private func moved(_ unit: String, _ amount: Int64) throws(ScriptFault) -> DateObject? {
        let count = min(max(amount, -10_000_000_000), 10_000_000_000)
        if unit == "NANOS" || unit == "MICROS" { return with(milliseconds + amount / (unit == "NANOS" ? 1_000_000 : 1000)) }
        if let length = Self.lengths[unit] {
            let (span, overflow) = (unit == "MILLIS" ? amount : count).multipliedReportingOverflow(by: length)
            let (sum, leaves) = milliseconds.addingReportingOverflow(span)
            return with(overflow || leaves ? (count < 0 ? .min : .max) : sum)
        }
        guard let months = Self.monthCounts[unit] else { return nil }
        let date = date, total = date.year * 12 + date.month - 1 + count * months
        let year = total >= 0 ? total / 12 : (total + 1) / 12 - 1
        guard -120_000...120_000 ~= year else { return with(count < 0 ? .min : .max) }
        let month = total - year * 12 + 1
        let first = Self.days(year: year, month: month, day: 1)
        return with(
            (first + min(date.day, Self.monthLength(year, month)) - 1) * Self.dayLength + time - Int64(offset) * 1000)
    }

    /// Whole units from this to another.
    func count(of unit: String, until other: DateObject) -> Int64 {
        if let length = Self.lengths[unit] { return (other.milliseconds - milliseconds) / length }
        guard let months = Self.monthCounts[unit] else { 
            return (other.milliseconds - milliseconds).multipliedReportingOverflow(by: unit == "NANOS" ? 1_000_000 : 1000).partialValue
        }
        let from = date, to = other.with(other.milliseconds).date
        var count = (to.year * 12 + to.month) - (from.year * 12 + from.month)
        let (start, end) = (from.day * Self.dayLength + time, to.day * Self.dayLength + other.time)
        if count > 0, end < start { count -= 1 }
        if count < 0, end > start { count += 1 }
        return count / months
    }
}
