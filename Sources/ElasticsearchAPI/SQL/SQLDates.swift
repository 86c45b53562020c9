internal import Mapping
internal import Query

/// Dates as statements write them, and as rows show them.
enum SQLDates {
    /// What searches are asked to read and to write.
    static let formatName = "strict_date_optional_time_nanos"

    private static let written = DateFormat("strict_date_optional_time")
    private static let shown = DateFormat(formatName)

    /// A date of a statement in full, in UTC; nil for what is none.
    ///
    /// - Parameter zone: of a date that names none.
    static func literal(_ text: String, _ zone: ZoneRule) -> String? {
        var text = text
        if let space = text.firstIndex(of: " ") { text.replaceSubrange(space...space, with: "T") }
        guard let written, let shown, let guess = written.milliseconds(text) else { return nil }
        if fraction(text).count > 3 {
            // Finer than a millisecond, which an offset would have to be added to.
            guard zone == .utc else { return nil }
            return shown.moment(nanoseconds: text).map { shown.string(nanoseconds: $0) }
        }
        return written.milliseconds(text, offset: zone.seconds(at: guess)).map { shown.string(milliseconds: $0) }
    }

    /// The same in milliseconds since 1970.
    static func milliseconds(_ text: String, _ zone: ZoneRule) -> Int64? {
        literal(text, zone).flatMap { written?.milliseconds($0) }
    }

    static func text(milliseconds: Int64, _ zone: ZoneRule) -> String {
        shown?.string(milliseconds: milliseconds, offset: zone.seconds(at: milliseconds)) ?? String(milliseconds)
    }

    /// A date of an answer, in a zone.
    static func text(_ text: String, _ zone: ZoneRule) -> String {
        guard zone != .utc, let milliseconds = written?.milliseconds(text) else { return text }
        let there = self.text(milliseconds: milliseconds, zone), digits = fraction(text)
        guard digits.count > 3, let point = there.firstIndex(of: ".") else { return there }
        return String(there[...point] + digits + there[point...].dropFirst().drop(while: \.isNumber))
    }

    private static func fraction(_ text: String) -> Substring {
        guard let point = text.firstIndex(of: ".") else { return "" }
        return text[text.index(after: point)...].prefix(while: \.isNumber)
    }
}
