/// `ChronoField`: what `get` reads, and `with` sets.
extension DateObject {
    func field(_ name: String) -> Int64? {
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

    static let setters = [
        "YEAR": "Year", "MONTH_OF_YEAR": "Month", "DAY_OF_MONTH": "DayOfMonth", "DAY_OF_YEAR": "DayOfYear", "HOUR_OF_DAY": "Hour",
        "MINUTE_OF_HOUR": "Minute", "SECOND_OF_MINUTE": "Second",
    ]

    func setting(_ part: String, _ value: ScriptValue) -> ScriptValue? {
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
}
