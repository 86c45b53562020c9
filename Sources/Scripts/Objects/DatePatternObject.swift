internal import Dates

/// `DateTimeFormatter`.
final class DatePatternObject: ScriptObject {
    private let pattern: DatePattern
    let text: String
    let typeName = "java.time.format.DateTimeFormatter"

    /// - Returns: nil for a pattern that is not understood.
    init?(_ text: String) {
        guard let pattern = DatePattern(text) else { return nil }
        self.pattern = pattern
        self.text = text
    }

    /// The named formats of ISO 8601.
    static func named(_ name: String) -> DatePatternObject? {
        switch name {
        case "ISO_INSTANT", "ISO_ZONED_DATE_TIME", "ISO_OFFSET_DATE_TIME", "ISO_DATE_TIME": DatePatternObject("yyyy-MM-dd'T'HH:mm:ssXXX")
        case "ISO_LOCAL_DATE_TIME": DatePatternObject("yyyy-MM-dd'T'HH:mm:ss")
        case "ISO_LOCAL_DATE", "ISO_DATE": DatePatternObject("yyyy-MM-dd")
        case "ISO_LOCAL_TIME", "ISO_TIME": DatePatternObject("HH:mm:ss")
        case "BASIC_ISO_DATE": DatePatternObject("yyyyMMdd")
        default: nil
        }
    }

    func call(_ name: String, _ arguments: [ScriptValue], _ run: Interpreter) throws(ScriptFault) -> ScriptValue? {
        switch (name, arguments.count) {
        case ("withZone", 1), ("withLocale", 1): return .object(self)
        case ("format", 1):
            guard case .object(let object) = arguments[0], let date = object as? DateObject else {
                throw .cannotCast(from: arguments[0].typeName, to: "java.time.temporal.TemporalAccessor")
            }
            return try run.makeString(format(date))
        default: return nil
        }
    }

    func format(_ date: DateObject) -> String { pattern.format(milliseconds: date.milliseconds, offset: date.offset) }

    /// Milliseconds and the offset that a text says; nil if it does not read as the pattern.
    func parse(_ text: String) -> (milliseconds: Int64, offset: Int)? {
        guard let parts = pattern.parse(text.utf8), let moment = parts.milliseconds(roundingUp: false, offset: 0) else { return nil }
        return (moment, parts.offset ?? 0)
    }
}
