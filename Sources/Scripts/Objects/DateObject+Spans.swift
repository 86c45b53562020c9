internal import Dates

/// `ChronoUnit`: spans of time that are added, and counted between two moments.
extension DateObject {
    static let lengths: [String: Int64] = [
        "MILLIS": 1, "SECONDS": 1000, "MINUTES": 60_000, "HOURS": 3_600_000, "HALF_DAYS": 43_200_000, "DAYS": dayLength,
        "WEEKS": 7 * dayLength,
    ]
    private static let monthCounts: [String: Int64] = ["MONTHS": 1, "YEARS": 12, "DECADES": 120, "CENTURIES": 1200]

    static func monthLength(_ year: Int64, _ month: Int64) -> Int64 {
        Int64(CivilDate.days(in: Int(month), of: Int(year)))
    }

    func moved(_ unit: String, _ amount: Int64) throws(ScriptFault) -> DateObject? {
        let count = min(max(amount, -10_000_000_000), 10_000_000_000)
        if unit == "NANOS" || unit == "MICROS" { return with(milliseconds + amount / (unit == "NANOS" ? 1_000_000 : 1000)) }
        if let length = Self.lengths[unit] {
            let (span, overflow) = (unit == "MILLIS" ? amount : count).multipliedReportingOverflow(by: length)
            let (sum, leaves) = milliseconds.addingReportingOverflow(span)
            return with(overflow || leaves ? (count < 0 ? .min : .max) : sum)
        }
        guard let months = Self.monthCounts[unit] else { return nil }
        let date = date, total = Int64(date.year * 12 + date.month - 1) + count * months
        let year = Int64(Int(total).flooredQuotient(12))
        guard -120_000...120_000 ~= year else { return with(count < 0 ? .min : .max) }
        let month = total - year * 12 + 1
        let first = Self.days(year: year, month: month, day: 1)
        return with(
            (first + min(Int64(date.day), Self.monthLength(year, month)) - 1) * Self.dayLength + time - Int64(offset) * 1000)
    }

    /// Whole units from this to another.
    func count(of unit: String, until other: DateObject) -> Int64 {
        if let length = Self.lengths[unit] { return (other.milliseconds - milliseconds) / length }
        guard let months = Self.monthCounts[unit] else {
            return (other.milliseconds - milliseconds).multipliedReportingOverflow(by: unit == "NANOS" ? 1_000_000 : 1000).partialValue
        }
        let from = date, to = other.with(other.milliseconds).date
        var count = Int64((to.year * 12 + to.month) - (from.year * 12 + from.month))
        let (start, end) = (Int64(from.day) * Self.dayLength + time, Int64(to.day) * Self.dayLength + other.time)
        if count > 0, end < start { count -= 1 }
        if count < 0, end > start { count += 1 }
        return count / months
    }
}
