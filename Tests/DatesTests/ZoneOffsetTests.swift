import Dates
import Testing

struct ZoneOffsetTests {
    @Test(
        arguments: [
            ("Z", 0), ("UTC", 0), ("Etc/UTC", 0), ("+01:00", 3600), ("-0330", -12600), ("+5", 18000), ("+14", 50400),
            ("UTC+2", 7200), ("GMT-01:30", -5400), ("+01:02:03", 3723), ("+19:00", nil), ("+01:99", nil), ("+330", nil),
            ("UTC2", nil), ("Europe/Paris", nil), ("", nil), ("+", nil), ("+1234567", nil), ("+٣", nil),
        ] as [(String, Int?)])
    func offsetsAreRead(text: String, expected: Int?) {
        #expect(ZoneOffset.seconds(text) == expected)
    }

    @Test(arguments: [(0, "+00:00"), (7200, "+02:00"), (-12600, "-03:30"), (50400, "+14:00")])
    func offsetsAreWritten(seconds: Int, text: String) {
        #expect(ZoneOffset.text(seconds) == text)
        #expect(ZoneOffset.seconds(text) == seconds)
    }
}
