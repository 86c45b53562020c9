import Testing

@testable import Query

struct TimeZoneOffsetTests {
    @Test(
        arguments: [
            ("Z", 0), ("UTC", 0), ("+01:00", 3600), ("-0330", -12600), ("+5", 18000), ("+14", 50400), ("+19:00", nil),
            ("+01:99", nil), ("Europe/Paris", nil), ("", nil), ("+", nil), ("+1234567", nil),
        ] as [(String, Int?)])
    func offsetsAreRead(text: String, expected: Int?) {
        #expect(TimeZoneOffset.seconds(text) == expected)
    }
}
