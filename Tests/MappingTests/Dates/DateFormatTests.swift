import Mapping
import TestSupport
import Testing

struct DateFormatTests {
    @Test(arguments: [
        ("strict_date_optional_time", "2024-02-29", 1_709_164_800_000 as Int64),
        ("strict_date_optional_time", "2024", 1_704_067_200_000),
        ("strict_date_optional_time", "2024-02-29T12:30:15.123456Z", 1_709_209_815_123),
        ("strict_date_optional_time", "2024-02-29T12:30:15,5+02:00", 1_709_202_615_500),
        ("strict_date_optional_time", "2024-02-29T12", 1_709_208_000_000),
        ("strict_date_optional_time", "1969-12-31T23:59:59.999Z", -1),
        ("date_optional_time", "2024-2-9", 1_707_436_800_000),
        ("epoch_millis", "-5", -5), ("epoch_second", "1.5", 1500),
        ("epoch_millis", "1700000000000.5", 1_700_000_000_000),
        ("basic_date", "20240229", 1_709_164_800_000),
        ("basic_date_time", "20240229T123015.123Z", 1_709_209_815_123),
        ("date_hour_minute_second", "2024-02-29T12:30:15", 1_709_209_815_000),
        ("yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis", "2024/02/29", 1_709_164_800_000),
        ("yyyy:MM:dd HH:mm:ss", "2024:02:29 12:30:15", 1_709_209_815_000),
        ("dd MMM yyyy h:mm a", "29 Feb 2024 12:30 PM", 1_709_209_800_000),
        ("EEE, d MMMM yyyy", "Thu, 29 February 2024", 1_709_164_800_000),
        ("yyyy-DDD", "2024-060", 1_709_164_800_000),
        ("yyyy-MM-dd['T'HH:mm[:ss]][XXX]", "2024-02-29T12:30+01:00", 1_709_206_200_000),
    ])
    func datesAreRead(pattern: String, text: String, expected: Int64) throws {
        #expect(try #require(DateFormat(pattern)).milliseconds(text) == expected)
    }

    @Test(arguments: [
        ("strict_date_optional_time", "2023-02-29"), ("strict_date_optional_time", "2024-13-01"),
        ("strict_date_optional_time", "2024-2-9"), ("strict_date_optional_time", "2024-02-29T25:00"),
        ("strict_date_optional_time", "2024-02-29 12:00"), ("strict_date_optional_time", ""),
        ("strict_date_optional_time", "yesterday"), ("yyyy-MM-dd", "2024-02-29x"), ("epoch_millis", "12h"),
        ("epoch_millis", "9223372036854775807"), ("epoch_second", "9223372036854775807"), ("basic_date", "2024022"),
    ])
    func otherTextsAreNot(pattern: String, text: String) throws {
        #expect(try #require(DateFormat(pattern)).milliseconds(text) == nil)
    }

    @Test(arguments: ["", "||", "{x}", "yyyy[", "yyyy]", "'open", "QQQ", "bogus_name"])
    func badPatternsAreRefused(pattern: String) {
        #expect(DateFormat(pattern) == nil)
    }

    @Test(arguments: [
        ("2024", 1_704_153_599_999 as Int64), ("2024-02", 1_706_831_999_999), ("2024-02-28", 1_709_164_799_999),
        ("2024-02-28T10", 1_709_117_999_999), ("2024-02-28T10:15:30", 1_709_115_330_999),
    ])
    func missingPartsAreRoundedUp(text: String, expected: Int64) {
        #expect(DateFormat.standard.milliseconds(text, roundingUp: true) == expected)
    }

    @Test(arguments: [
        ("strict_date_optional_time||epoch_millis", "2024-02-29T12:30:15.123Z"), ("yyyy-MM-dd", "2024-02-29"),
        ("epoch_second", "1709209815"), ("epoch_millis", "1709209815123"),
        ("EEE, d MMM yy HH:mm", "Thu, 29 Feb 24 12:30"),
        ("basic_date_time", "20240229T123015.123Z"), ("h:mm a", "12:30 PM"), ("yyyy-DDD", "2024-060"),
    ])
    func datesAreWritten(pattern: String, expected: String) throws {
        #expect(try #require(DateFormat(pattern)).string(milliseconds: 1_709_209_815_123) == expected)
    }

    @Test func whatIsWrittenReadsBack() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<500 {
            let moment = Int64.random(in: -60_000_000_000_000...250_000_000_000_000, using: &generator)
            let text = DateFormat.standard.string(milliseconds: moment)
            #expect(DateFormat.standard.milliseconds(text) == moment, "\(text)")
        }
    }

    @Test func offsetsApplyToDatesWithoutOne() {
        #expect(DateFormat.standard.milliseconds("1970-01-01T01:00", offset: 3600) == 0)
        #expect(DateFormat.standard.milliseconds("1970-01-01T01:00Z", offset: 3600) == 3_600_000)
    }
}
