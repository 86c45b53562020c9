internal import Dates

/// The classes of `java.time`.
extension StaticCall {
    private var style: DateObject.Style {
        switch type {
        case "Instant": .instant
        case "LocalDate": .date
        case "LocalDateTime": .dateTime
        case "LocalTime": .time
        default: .zoned
        }
    }

    private func object<Object>(_ index: Int, _ type: Object.Type) -> Object? {
        guard arguments.indices.contains(index), case .object(let object) = arguments[index] else { return nil }
        return object as? Object
    }

    private func zone(_ index: Int) -> Int? { object(index, EnumObject.self).flatMap { ZoneOffset.seconds($0.name) } }

    func dates() throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("parse", 1):
            let text = try text(0)
            guard let date = DateObject(parsing: style == .time ? "1970-01-01T" + text : text, style: style) else {
                throw .dateFormat(text)
            }
            return .object(date)
        case ("parse", 2):
            let text = try text(0)
            guard let pattern = object(1, DatePatternObject.self) else { return nil }
            guard let (milliseconds, offset) = pattern.parse(text) else { throw .dateFormat(text) }
            return .object(DateObject(milliseconds, offset: style == .zoned ? offset : 0, style: style))
        case ("ofEpochMilli", 1): return .object(DateObject(arguments[0].long, style: .instant))
        case ("ofEpochSecond", 1):
            return .object(DateObject(arguments[0].long.multipliedReportingOverflow(by: 1000).partialValue, style: .instant))
        case ("ofEpochDay", 1):
            let days = min(max(arguments[0].long, -50_000_000), 50_000_000)
            return .object(DateObject(days * DateObject.dayLength, style: .date))
        case ("ofInstant", 2):
            guard let date = object(0, DateObject.self) else { throw .cannotCast(from: arguments[0].typeName, to: "java.time.Instant") }
            guard let offset = zone(1) else { return nil }
            if style == .zoned { return .object(DateObject(date.milliseconds, offset: offset)) }
            return .object(DateObject(date.milliseconds + Int64(offset) * 1000, style: style))
        case ("from", 1): return arguments[0]
        case ("of", 3...8):
            var numbers: [Int64] = []
            for (index, argument) in arguments.enumerated() where argument.numericType != nil || object(index, EnumObject.self)?.type == "Month" {
                let value = object(index, EnumObject.self).map { Int64($0.value) } ?? argument.long
                numbers.append(min(max(value, -999_999_999), 999_999_999))
            }
            if style == .time { numbers = [1970, 1, 1] + numbers }
            func part(_ index: Int) -> Int64 { numbers.indices.contains(index) ? numbers[index] : 0 }
            guard numbers.count >= 3, 0...9999 ~= part(0), 1...12 ~= part(1), 1...31 ~= part(2), 0...23 ~= part(3), 0...59 ~= part(4),
                0...59 ~= part(5)
            else { throw .thrown(type: "DateTimeException", message: "Invalid value") }
            let offset = style == .zoned ? zone(arguments.count - 1) ?? 0 : 0
            let time = part(3) * 3_600_000 + part(4) * 60_000 + part(5) * 1000 + part(6) / 1_000_000
            let days = DateObject.days(year: part(0), month: part(1), day: part(2))
            return .object(DateObject(days * DateObject.dayLength + time - Int64(offset) * 1000, offset: offset, style: style))
        default: return nil
        }
    }

    func zonesAndSpans() throws(ScriptFault) -> ScriptValue? {
        switch (type, name, arguments.count) {
        case ("ZoneId", "of", 1), ("ZoneOffset", "of", 1):
            let zone = try text(0)
            guard ZoneOffset.seconds(zone) != nil else {
                throw .thrown(type: "DateTimeException", message: "Unknown time-zone ID: \(zone)")
            }
            return .object(EnumObject("ZoneId", zone))
        case ("ZoneOffset", "ofHours", 1):
            return .object(EnumObject("ZoneId", ZoneOffset.text(Int(min(max(arguments[0].long, -18), 18)) * 3600)))
        case ("Duration", "between", 2):
            guard let from = object(0, DateObject.self), let to = object(1, DateObject.self) else { return nil }
            return .object(DurationObject(to.milliseconds - from.milliseconds))
        case ("Duration", _, 1):
            let factors: [String: Int64] = [
                "ofMillis": 1, "ofSeconds": 1000, "ofMinutes": 60_000, "ofHours": 3_600_000, "ofDays": DateObject.dayLength,
            ]
            guard let factor = factors[name] else { return nil }
            return .object(DurationObject(arguments[0].long.multipliedReportingOverflow(by: factor).partialValue))
        case ("DateTimeFormatter", "ofPattern", 1), ("DateTimeFormatter", "ofPattern", 2):
            let pattern = try text(0)
            guard let formatter = DatePatternObject(pattern) else {
                throw .thrown(type: "IllegalArgumentException", message: "Unknown pattern: \(pattern)")
            }
            return .object(formatter)
        case ("DayOfWeek", "of", 1):
            let number = Int(clamping: arguments[0].long)
            return 1...7 ~= number ? .object(EnumObject(type, EnumObject.days[number - 1], number)) : nil
        case ("Month", "of", 1):
            let number = Int(clamping: arguments[0].long)
            return 1...12 ~= number ? .object(EnumObject(type, EnumObject.months[number - 1], number)) : nil
        case (_, "valueOf", 1): return EnumObject.constant(type, try text(0)).map { .object($0) }
        default: return nil
        }
    }
}
