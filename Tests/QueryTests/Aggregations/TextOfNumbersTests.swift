import Mapping
import Testing

@testable import Query

@Suite struct TextOfNumbersTests {
    @Test(arguments: [
        ("0.00", 1.005, "1.00"), ("0.00", 2.0, "2.00"), ("#,##0.##", 1_234_567.5, "1,234,567.5"), ("0", 2.5, "2"), ("0", 3.5, "4"),
        ("#.#", 0.25, ".2"), ("0.0%", 0.123, "12.3%"), ("$0.00", -3.5, "-$3.50"), ("000", 7.0, "007"), ("#", 0.0, "0"),
        ("0.00E0", 12345.0, "1.23E4"), ("0.###", 5.0, "5"), ("0.0 'kg'", 5.0, "5.0 kg"), ("0.0", -0.01, "0.0"),
    ])
    func patterns(pattern: String, value: Double, text: String) {
        #expect(DecimalFormat(pattern)?.string(value) == text)
    }

    @Test(arguments: ["", "abc", "0#", "'x", "0.#0"])
    func noPatterns(text: String) { #expect(DecimalFormat(text) == nil) }

    @Test(arguments: [
        (1.0, "1.0"), (1e6, "1000000.0"), (1e7, "1.0E7"), (1.5e10, "1.5E10"), (1e-3, "0.001"), (1e-4, "1.0E-4"), (-2.5e-7, "-2.5E-7"),
        (0.0, "0.0"), (9.223372036854776e18, "9.223372036854776E18"), (99.9, "99.9"), (1234567.5, "1234567.5"),
    ])
    func java(value: Double, text: String) { #expect(JavaNumber.text(value) == text) }

    @Test func datesOfPlaces() throws {
        let zone = try #require(ZoneRule("America/New_York"))
        let format = ValuesSource.Format.date(.standard, zone: zone)
        #expect(format.text(.long(1_268_283_600_000)) == "2010-03-11T00:00:00.000-05:00")
        #expect(format.text(.long(1_272_254_400_000)) == "2010-04-26T00:00:00.000-04:00")
        #expect(ZoneRule("Nowhere/City") == nil && ZoneRule("rubbish") == nil && ZoneRule("+05:30") == ZoneRule(seconds: 19_800))
    }

    /// Days are as long as clocks say: 23 hours in spring, 25 in autumn.
    @Test func daysOfPlaces() throws {
        let rounding = DateRounding(interval: .day, zone: try #require(ZoneRule("Europe/Berlin")))
        let spring = rounding.start(of: 1_711_845_000_000), autumn = rounding.start(of: 1_729_990_000_000)
        #expect(rounding.length(from: spring) == 23 * 3_600_000 && rounding.length(from: autumn) == 25 * 3_600_000)
        #expect(rounding.start(of: rounding.next(after: spring) - 1) == spring)
        #expect(rounding.start(of: rounding.next(after: autumn) - 1) == autumn)
    }
}
