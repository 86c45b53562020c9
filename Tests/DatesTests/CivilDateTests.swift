import Dates
import Testing

struct CivilDateTests {
    @Test(arguments: [
        (1970, 1, 1, 0), (1969, 12, 31, -1), (2000, 3, 1, 11017), (2024, 2, 29, 19782), (1, 1, 1, -719162),
        (-1, 12, 31, -719529),
    ])
    func daysAreCounted(year: Int, month: Int, day: Int, days: Int) throws {
        let date = try #require(CivilDate(year: year, month: month, day: day))
        #expect(date.daysSinceEpoch == days)
        #expect(CivilDate(daysSinceEpoch: days) == date)
    }

    @Test func everyDayOfFourCenturiesReadsBack() {
        for days in stride(from: -146_097, through: 146_097, by: 13) {
            let date = CivilDate(daysSinceEpoch: days)
            #expect(CivilDate(year: date.year, month: date.month, day: date.day)?.daysSinceEpoch == days)
        }
    }

    @Test(arguments: [(2023, 2, 29), (2024, 0, 1), (2024, 13, 1), (2024, 4, 31), (2024, 1, 0), (300_000_000, 1, 1)])
    func impossibleDaysAreRefused(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test func weekdaysAndDaysOfTheYear() throws {
        let date = try #require(CivilDate(year: 2024, month: 2, day: 29))
        #expect(date.weekday == 4)
        #expect(date.dayOfYear == 60)
        #expect(CivilDate(daysSinceEpoch: -1).weekday == 3)
    }
}
