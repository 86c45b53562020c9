import Testing

@testable import Mapping

struct DateMathTests {
    /// 2024-02-29T12:30:15.123Z, a Thursday.
    private let math = DateMath(format: .standard, now: 1_709_209_815_123, offset: 0)

    @Test(arguments: [
        ("now", false, "2024-02-29T12:30:15.123Z"), ("now-1d", false, "2024-02-28T12:30:15.123Z"),
        ("now-1d/d", false, "2024-02-28T00:00:00.000Z"), ("now/d", true, "2024-02-29T23:59:59.999Z"),
        ("now+1y", false, "2025-02-28T12:30:15.123Z"), ("now-1M/M", false, "2024-01-01T00:00:00.000Z"),
        ("now/M", true, "2024-02-29T23:59:59.999Z"), ("now/w", false, "2024-02-26T00:00:00.000Z"),
        ("now/y", false, "2024-01-01T00:00:00.000Z"), ("now+2h-15m/m", false, "2024-02-29T14:15:00.000Z"),
        ("now-d", false, "2024-02-28T12:30:15.123Z"), ("2024-01-31||+1M", false, "2024-02-29T00:00:00.000Z"),
        ("2024-01-31||/M", true, "2024-01-31T23:59:59.999Z"), ("2024-01", true, "2024-01-01T23:59:59.999Z"),
        ("now+10s/s", false, "2024-02-29T12:30:25.000Z"),
    ])
    func expressionsAreEvaluated(text: String, roundingUp: Bool, expected: String) throws {
        let value = try #require(math.milliseconds(text, roundingUp: roundingUp))
        #expect(DateFormat.standard.string(milliseconds: value) == expected)
    }

    @Test(arguments: [
        "now-", "now-1", "now-1x", "now/", "now*2d", "today", "2024-01-01||+1", "now+9999999999d", "now+999999999y",
        "||",
    ])
    func otherTextsAreNot(text: String) {
        #expect(math.milliseconds(text, roundingUp: false) == nil)
    }

    @Test func daysBeginWhereTheZoneSays() {
        let math = DateMath(format: .standard, now: 0, offset: 3600)
        #expect(math.milliseconds("now/d", roundingUp: false) == -3_600_000)
        #expect(math.milliseconds("now/d", roundingUp: true) == 82_799_999)
    }
}
