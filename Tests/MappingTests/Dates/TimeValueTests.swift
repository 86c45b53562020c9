import Testing

@testable import Mapping

@Suite struct TimeValueTests {
    @Test(arguments: [
        ("0", Duration.zero), ("500ms", .milliseconds(500)), ("5s", .seconds(5)), ("2m", .seconds(120)),
        ("1h", .seconds(3600)), ("1d", .seconds(86400)), ("7micros", .microseconds(7)), ("9nanos", .nanoseconds(9)),
    ])
    func parses(_ text: String, _ duration: Duration) {
        #expect(TimeValue.parse(text) == duration)
    }

    @Test(arguments: ["", "5", "s", "-5s", "1.5s", "5 s", "99999999999999999d", "5sec"])
    func refuses(_ text: String) {
        #expect(TimeValue.parse(text) == nil)
    }
}
