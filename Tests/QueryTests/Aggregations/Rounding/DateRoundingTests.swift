import Mapping
import Query
import Testing

@Suite struct DateRoundingTests {
    private func moment(_ text: String) throws -> Int64 { try #require(DateFormat.standard.milliseconds(text)) }

    @Test(arguments: [
        (DateInterval.month, "2024-02-29T12:00:00Z", "2024-02-01", "2024-03-01"),
        (.quarter, "2024-05-31", "2024-04-01", "2024-07-01"), (.year, "1969-12-31T23:59:59Z", "1969-01-01", "1970-01-01"),
        (.week, "2024-03-03", "2024-02-26", "2024-03-04"), (.week, "1970-01-01", "1969-12-29", "1970-01-05"),
        (.day, "1969-12-31T23:59:59Z", "1969-12-31", "1970-01-01"), (.hour, "2024-01-01T10:59:59Z", "2024-01-01T10:00:00Z", "2024-01-01T11:00:00Z"),
        (.milliseconds(7000), "1970-01-01T00:00:13Z", "1970-01-01T00:00:07Z", "1970-01-01T00:00:14Z"),
    ])
    func startsAndNext(interval: DateInterval, text: String, start: String, next: String) throws {
        let rounding = DateRounding(interval: interval)
        #expect(rounding.start(of: try moment(text)) == (try moment(start)))
        #expect(rounding.next(after: try moment(start)) == (try moment(next)))
    }

    /// Midnight in Tokyo is the afternoon before in Greenwich.
    @Test func zonesAndOffsets() throws {
        let tokyo = DateRounding(interval: .day, zone: ZoneRule(seconds: 9 * 3600))
        #expect(tokyo.start(of: try moment("2024-01-01T16:00:00Z")) == (try moment("2024-01-01T15:00:00Z")))
        #expect(tokyo.start(of: try moment("2024-01-01T14:00:00Z")) == (try moment("2023-12-31T15:00:00Z")))
        let late = DateRounding(interval: .day, offset: 6 * 3_600_000)
        #expect(late.start(of: try moment("2024-01-02T05:00:00Z")) == (try moment("2024-01-01T06:00:00Z")))
    }

    @Test func everyMomentLiesInItsInterval() {
        for interval in [DateInterval.minute, .hour, .day, .week, .month, .quarter, .year, .milliseconds(12_345)] {
            let rounding = DateRounding(interval: interval, offset: 1_234_567, zone: ZoneRule(seconds: -12_600))
            for moment in stride(from: -200_000_000_000 as Int64, to: 2_000_000_000_000, by: 7_777_777_777) {
                let start = rounding.start(of: moment)
                #expect(start <= moment && rounding.next(after: start) > moment && rounding.start(of: start) == start)
            }
        }
    }
}
