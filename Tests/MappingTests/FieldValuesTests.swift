import JSON
import Testing

@testable import Mapping

/// Values of fields in documents and in queries: both must come to the same thing.
struct FieldValuesTests {
    private let dates = DateContext(now: 1_709_209_815_123)

    private func field(_ type: String, _ parameters: String = "") throws -> FieldMapping {
        try #require(try mapping(properties: #"{"f":{"type":"\#(type)"\#(parameters)}}"#).field("f"))
    }

    @Test(arguments: [
        ("long", ScalarValue.integer(5), IndexedValue.long(5)), ("long", .string("5"), .long(5)),
        ("long", .double(5.9), .long(5)), ("long", .string("-5.9"), .long(-5)), ("byte", .integer(-128), .long(-128)),
        ("unsigned_long", .unsigned(.max), .long(.max)), ("unsigned_long", .integer(0), .long(.min)),
        ("double", .integer(3), .double(3)), ("double", .string("1e3"), .double(1000)),
        ("float", .double(0.1), .double(Double(Float(0.1)))),
        ("half_float", .double(0.1), .double(Double(Float16(0.1)))),
        ("double", .double(-0.0), .double(0)), ("boolean", .boolean(true), .long(1)),
        ("boolean", .string(""), .long(0)),
        ("boolean", .string("false"), .long(0)), ("date", .string("2024-02-29"), .long(1_709_164_800_000)),
        ("date", .integer(1_709_164_800_000), .long(1_709_164_800_000)), ("keyword", .integer(7), .term("7")),
        ("keyword", .boolean(true), .term("true")), ("keyword", .double(1.5), .term("1.5")),
    ])
    func documentsValuesAreNormalised(type: String, scalar: ScalarValue, expected: IndexedValue) throws {
        #expect(try field(type).indexedValues(scalar) == [expected])
    }

    @Test(arguments: [
        ("long", ScalarValue.string("abc"), ValueError.notANumber("abc")),
        ("long", .boolean(true), .notANumber("true")),
        ("long", .string("0x10"), .notANumber("0x10")), ("double", .string("nan"), .notANumber("nan")),
        ("byte", .integer(128), .outOfRange("128", type: "byte")),
        ("long", .unsigned(.max), .outOfRange("18446744073709551615", type: "long")),
        ("long", .double(1e30), .outOfRange("1e+30", type: "long")),
        ("integer", .string("3000000000"), .outOfRange("3000000000", type: "integer")),
        ("unsigned_long", .integer(-1), .outOfRange("-1", type: "unsigned_long")),
        ("unsigned_long", .double(1.5), .hasDecimalPart("1.5")),
        ("float", .double(1e300), .outOfRange("1e+300", type: "float")),
        ("half_float", .double(70000), .outOfRange("70000.0", type: "half_float")),
        ("boolean", .string("yes"), .notABoolean("yes")), ("boolean", .integer(1), .notABoolean("1")),
        ("date", .string("soon"), .malformedDate("soon", format: "strict_date_optional_time||epoch_millis")),
    ])
    func whatDoesNotFitIsRefused(type: String, scalar: ScalarValue, expected: ValueError) throws {
        let field = try field(type)
        #expect(error(ValueError.self) { try field.indexedValues(scalar) } == expected)
    }

    @Test func coercionCanBeTurnedOff() throws {
        let field = try field("integer", #","coerce":false"#)
        #expect(error(ValueError.self) { try field.indexedValues(.double(1.5)) } == .hasDecimalPart("1.5"))
        #expect(error(ValueError.self) { try field.indexedValues(.string("1")) } == .notANumber("1"))
    }

    @Test func scaledFloatsAreRounded() throws {
        let field = try field("scaled_float", #","scaling_factor":100"#)
        #expect(try field.indexedValues(.double(1.234)) == [.long(123)])
        #expect(try field.term(.double(1.23), dates: dates) == .long(123))
        let range = try field.range(
            lower: .init(.double(1.231), isInclusive: true), upper: .init(.double(2), isInclusive: false), dates: dates)
        #expect(range == .longs(124...199))
    }

    @Test func longKeywordsAreLeftOut() throws {
        let field = try field("keyword", #","ignore_above":3"#)
        #expect(try field.indexedValues(.string("abc")) == [.term("abc")])
        #expect(try field.indexedValues(.string("abcd")) == [])
        #expect(try field.indexedValues(.string("äöü")) == [.term("äöü")])
    }

    @Test(arguments: [
        ("long", ScalarValue.double(1.5), IndexedValue?.none), ("long", .string("1.0"), .long(1)),
        ("byte", .integer(1000), nil), ("double", .double(1.5), .double(1.5)),
        ("float", .string("0.1"), .double(Double(Float(0.1)))), ("date", .string("now/d"), .long(1_709_164_800_000)),
        ("boolean", .string("true"), .long(1)),
    ])
    func termsAreNormalised(type: String, scalar: ScalarValue, expected: IndexedValue?) throws {
        #expect(try field(type).term(scalar, dates: dates) == expected)
    }

    @Test(arguments: [
        (
            "long", ScalarValue?.some(.double(1.5)), true, ScalarValue?.some(.double(3.5)), true,
            IndexedRange?.some(.longs(2...3))
        ),
        ("long", .integer(1), false, .integer(3), false, .longs(2...2)),
        ("long", .integer(1), false, .integer(2), false, nil),
        ("long", nil, true, .double(1e300), true, .longs(.min...(.max))),
        ("long", .unsigned(.max), true, nil, true, nil),
        ("unsigned_long", .integer(-5), true, .integer(1), true, .longs(.min...(.min + 1))),
        ("double", .integer(1), false, nil, true, .doubles(1.0.nextUp...(.infinity))),
        ("float", .double(0.1), true, .double(0.1), true, .doubles(Double(Float(0.1))...Double(Float(0.1)))),
        ("float", nil, true, .double(1e300), true, .doubles(-Double.infinity...(.infinity))),
        ("double", .integer(2), true, .integer(1), true, nil),
        ("boolean", .boolean(false), false, nil, true, .longs(1...1)),
        (
            "keyword", .string("a"), true, .string("b"), false,
            .terms(lower: .init("a", isInclusive: true), upper: .init("b", isInclusive: false))
        ),
        ("date", .string("2024-02"), true, .string("2024-02"), true, .longs(1_706_745_600_000...1_706_831_999_999)),
        ("date", .string("2024-02"), false, nil, true, .longs(1_706_832_000_000...(.max))),
        ("date", nil, true, .string("2024-02"), false, .longs(.min...1_706_745_599_999)),
        ("date", .string("now-1d/d"), true, .string("now/d"), false, .longs(1_709_078_400_000...1_709_164_799_999)),
    ])
    func rangesAreNormalised(
        type: String, lower: ScalarValue?, includesLower: Bool, upper: ScalarValue?, includesUpper: Bool,
        expected: IndexedRange?
    ) throws {
        let range = try field(type).range(
            lower: lower.map { ScalarBound($0, isInclusive: includesLower) },
            upper: upper.map { ScalarBound($0, isInclusive: includesUpper) }, dates: dates)
        #expect(range == expected)
    }

    @Test func datesInQueriesTakeAFormatAndAZone() throws {
        let context = DateContext(now: 0, format: DateFormat("dd/MM/yyyy"), offset: 3600)
        let range = try field("date").range(
            lower: ScalarBound(.string("02/01/1970"), isInclusive: true), upper: nil, dates: context)
        #expect(range == .longs(82_800_000...(.max)))
    }

    /// An empty text is no number where texts are read as such.
    @Test func emptyTexts() throws {
        let mapping = try mapping(
            properties: #"{"n":{"type":"long"},"d":{"type":"double","null_value":7},"s":{"type":"long","coerce":false}}"#)
        let document = try parse(#"{"n":"","d":""}"#, mapping)
        #expect(document.values("n").isEmpty)
        #expect(document.values("d") == [.double(7)])
        #expect(throws: DocumentParsingError.self) { try parse(#"{"s":""}"#, mapping) }
    }
}
