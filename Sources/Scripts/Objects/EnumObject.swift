/// A constant of one of Java's enumerations, or what is known by a name alone.
final class EnumObject: ScriptObject {
    let type: String
    let name: String
    /// Its number, where it has one.
    let value: Int

    init(_ type: String, _ name: String, _ value: Int = 0) {
        (self.type, self.name, self.value) = (type, name, value)
    }

    var typeName: String { "java.time.\(type)" }
    var text: String { name }

    static let days = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
    static let months = [
        "JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER",
    ]
    static let units = [
        "NANOS", "MICROS", "MILLIS", "SECONDS", "MINUTES", "HOURS", "HALF_DAYS", "DAYS", "WEEKS", "MONTHS", "YEARS", "DECADES", "CENTURIES",
    ]
    static let fields = [
        "YEAR", "MONTH_OF_YEAR", "DAY_OF_MONTH", "DAY_OF_WEEK", "DAY_OF_YEAR", "HOUR_OF_DAY", "MINUTE_OF_HOUR", "SECOND_OF_MINUTE",
        "MILLI_OF_SECOND", "NANO_OF_SECOND", "MINUTE_OF_DAY", "SECOND_OF_DAY", "MILLI_OF_DAY", "EPOCH_DAY", "INSTANT_SECONDS",
        "ALIGNED_WEEK_OF_YEAR", "HOUR_OF_AMPM", "AMPM_OF_DAY",
    ]

    static func constant(_ type: String, _ name: String) -> EnumObject? {
        let names: [String]
        switch type {
        case "DayOfWeek": names = days
        case "Month": names = months
        case "ChronoUnit": names = units
        case "ChronoField": names = fields
        case "TextStyle": names = ["FULL", "FULL_STANDALONE", "SHORT", "SHORT_STANDALONE", "NARROW", "NARROW_STANDALONE"]
        case "Locale": names = ["ROOT", "ENGLISH", "US", "UK"]
        case "ZoneOffset": return name == "UTC" ? EnumObject("ZoneId", "Z") : nil
        default: return nil
        }
        return names.firstIndex(of: name).map { EnumObject(type, name, $0 + 1) }
    }

    func isEqual(_ other: any ScriptObject) -> Bool {
        guard let other = other as? EnumObject else { return false }
        return other.type == type && other.name == name
    }

    func call(_ method: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (method, arguments.count) {
        case ("name", 0), ("getId", 0): return .string(name)
        case ("ordinal", 0): return .int(Int32(clamping: value - 1))
        case ("getValue", 0): return .int(Int32(clamping: value))
        case ("getDisplayName", 2) where type == "DayOfWeek" || type == "Month":
            guard case .object(let object) = arguments[0], let style = object as? EnumObject, style.type == "TextStyle" else { return nil }
            let full = name.prefix(1) + name.dropFirst().lowercased()
            return .string(String(full.prefix(style.name.hasPrefix("FULL") ? full.count : style.name.hasPrefix("SHORT") ? 3 : 1)))
        case ("plus", 1), ("minus", 1):
            guard type == "DayOfWeek" || type == "Month" else { return nil }
            let names = type == "Month" ? Self.months : Self.days, step = Int(arguments[0].long % Int64(names.count))
            let index = (value - 1 + (method == "plus" ? step : -step) + 2 * names.count) % names.count
            return .object(EnumObject(type, names[index], index + 1))
        case ("between", 2) where type == "ChronoUnit":
            guard case .object(let first) = arguments[0], let from = first as? DateObject, case .object(let second) = arguments[1],
                let to = second as? DateObject
            else { throw .cannotCast(from: arguments[0].typeName, to: "java.time.temporal.Temporal") }
            return .long(from.count(of: name, until: to))
        default: return nil
        }
    }
}
