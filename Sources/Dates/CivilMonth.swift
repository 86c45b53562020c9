/// A month of the Gregorian calendar, in UTC.
public struct CivilMonth: Equatable, Sendable {
    /// Months since January of year 0.
    private let number: Int

    private init(number: Int) { self.number = number }

    /// The month that a moment lies in, in milliseconds since 1970-01-01T00:00Z.
    public init(containing moment: Int64) {
        let date = CivilDate(daysSinceEpoch: Int(moment).flooredQuotient(86_400_000))
        number = date.year * 12 + date.month - 1
    }

    /// The first of as many months, counted from January.
    public func rounded(to months: Int) -> CivilMonth { CivilMonth(number: number.flooredQuotient(months) * months) }

    /// So many months later; a negative number: earlier.
    public func adding(_ months: Int) -> CivilMonth { CivilMonth(number: number + months) }

    /// Its first millisecond.
    public var start: Int64 {
        let year = number.flooredQuotient(12)
        return Int64(CivilDate.daysSinceEpoch(year: year, month: number - year * 12 + 1, day: 1)) * 86_400_000
    }
}
