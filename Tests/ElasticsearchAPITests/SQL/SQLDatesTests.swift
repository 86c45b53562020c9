import Mapping
import Testing

@testable import ElasticsearchAPI

@Suite struct SQLDatesTests {
    @Test(arguments: [
        ("2024-02-03", "2024-02-03T00:00:00.000Z"), ("2024-02-03 04:05:06", "2024-02-03T04:05:06.000Z"),
        ("2024-02-03T04:05:06.7Z", "2024-02-03T04:05:06.700Z"), ("2024-02-03T04:05:06.789+02:00", "2024-02-03T02:05:06.789Z"),
        ("2024-02-03T04:05:06.123456789Z", "2024-02-03T04:05:06.123456789Z"), ("12345678901", nil), ("tomorrow", nil), ("", nil),
    ])
    func literals(text: String, full: String?) {
        #expect(SQLDates.literal(text, .utc) == full)
    }

    @Test func zones() throws {
        let paris = try #require(ZoneRule("Europe/Paris"))
        #expect(SQLDates.literal("2024-07-01T10:00:00", paris) == "2024-07-01T08:00:00.000Z")
        #expect(SQLDates.literal("2024-07-01T10:00:00.123456", paris) == nil)
        #expect(SQLDates.text("2024-07-01T08:00:00.000Z", paris) == "2024-07-01T10:00:00.000+02:00")
        #expect(SQLDates.text("2024-01-01T08:00:00.123456Z", paris) == "2024-01-01T09:00:00.123456+01:00")
        #expect(SQLDates.text("2024-01-01T08:00:00.000Z", .utc) == "2024-01-01T08:00:00.000Z")
        #expect(SQLDates.text(milliseconds: 0, paris) == "1970-01-01T01:00:00.000+01:00")
        #expect(SQLDates.milliseconds("1970-01-01T01:00:01+01:00", .utc) == 1000)
    }
}
