internal import Dates

/// The methods of `java.time`, by the number of their arguments.
extension DateObject {
    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        if arguments.isEmpty { return read(name) }
        func date(_ index: Int) throws(ScriptFault) -> DateObject {
            guard case .object(let object) = arguments[index], let date = object as? DateObject else {
                throw .cannotCast(from: arguments[index].typeName, to: typeName)
            }
            return date
        }
        func constant(_ index: Int) throws(ScriptFault) -> EnumObject {
            guard arguments.indices.contains(index), case .object(let object) = arguments[index],
                let constant = object as? EnumObject
            else {
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
            guard let seconds = ZoneOffset.seconds(try constant(0).name) else { return nil }
            // What is local keeps what its clock shows.
            let keepsLocal = name == "withZoneSameLocal" || style == .dateTime
            return .object(DateObject(keepsLocal ? local - Int64(seconds) * 1000 : milliseconds, offset: seconds, style: .zoned))
        case ("atStartOfDay", 1):
            guard let seconds = ZoneOffset.seconds(try constant(0).name) else { return nil }
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
        case "getOffset", "getZone": return .object(EnumObject("ZoneId", offset == 0 ? "Z" : ZoneOffset.text(offset)))
        case "lengthOfMonth": return int(Self.monthLength(fields.year, fields.month))
        case "lengthOfYear": return int(Self.days(year: fields.year + 1, month: 1, day: 1) - Self.days(year: fields.year, month: 1, day: 1))
        case "isLeapYear": return .bool(Self.monthLength(fields.year, 2) == 29)
        default: return nil
        }
    }
}
