import Testing
import TestSupport

@testable import Indices

@Suite struct DateMathNameTests {
    /// 2023-11-14T22:13:20Z
    private static let now: Int64 = 1_700_000_000_000

    @Test(arguments: [
        ("plain", "plain"), ("<logs-{now/d}>", "logs-2023.11.14"), ("<logs-{now/M}>", "logs-2023.11.01"),
        ("<logs-{now/M{yyyy.MM}}>", "logs-2023.11"), ("<logs-{now/d-1d}>", "logs-2023.11.13"),
        ("<logs-{now/d{yyyy.MM.dd|+12:00}}>", "logs-2023.11.15"), ("<a\\{b\\}-{now/d}>", "a{b}-2023.11.14"),
    ])
    func resolves(_ name: String, _ expected: String) throws {
        #expect(try DateMathName.resolved(name, now: Self.now) == expected)
    }

    @Test(arguments: ["<a-{now/d>", "<a-now/d}>", "<a-{now/x}>", "<a-{now/d{}}>", "<a-{now{yyyy|Nowhere}}>", "<a-{{{now}}}>"])
    func refuses(_ name: String) {
        #expect(thrownCase { try DateMathName.resolved(name, now: Self.now) } == "invalidDateMath")
    }
}
