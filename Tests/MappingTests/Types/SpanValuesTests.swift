import Mapping
import Testing

@Suite struct SpanValuesTests {
    private func ends(_ type: String, _ span: String) throws -> ClosedRange<Double>? {
        let mapping = try mapping(properties: #"{"r":{"type":"\#(type)"}}"#)
        guard case .term(let term)? = try parse(#"{"r":\#(span)}"#, mapping).values("r").first else { return nil }
        return mapping.field("r")?.spanValues?.ends(of: term)
    }

    @Test(arguments: [
        ("integer_range", #"{"gte":-3,"lt":7}"#, -3.0, 6.0), ("long_range", #"{"gt":1}"#, 2, .infinity),
        ("long_range", #"{"lte":5}"#, -.infinity, 5), ("double_range", #"{"gte":-1.5,"lte":2.25}"#, -1.5, 2.25),
        ("float_range", #"{"gte":0.5}"#, 0.5, .infinity), ("date_range", #"{"gte":"1970-01-01","lte":"1970-01-02"}"#, 0, 172_799_999),
        ("date_range", #"{"lt":"1970-01-01"}"#, -.infinity, -1),
    ] as [(String, String, Double, Double)])
    func reads(_ type: String, _ span: String, _ lower: Double, _ upper: Double) throws {
        #expect(try ends(type, span) == lower...upper)
    }

    @Test func whatIsNoSpan() throws {
        let mapping = try mapping(properties: #"{"r":{"type":"ip_range"},"l":{"type":"long_range"},"k":{"type":"keyword"}}"#)
        #expect(mapping.field("r")?.spanValues == nil)
        #expect(mapping.field("r")?.isSpan == true)
        #expect(mapping.field("k")?.isSpan == false)
        #expect(mapping.field("l")?.spanValues?.ends(of: "00") == nil)
        #expect(mapping.field("l")?.spanValues?.ends(of: String(repeating: "x", count: 32)) == nil)
    }

    /// `"gt": null` leaves the very end out.
    @Test func openEndsThatAreLeftOut() throws {
        let mapping = try mapping(properties: #"{"r":{"type":"long_range"}}"#)
        func term(_ span: String) throws -> IndexedValue? { try parse(#"{"r":\#(span)}"#, mapping).values("r").first }
        #expect(try term(#"{"gt":null,"lte":5}"#) == term(#"{"gte":-9223372036854775807,"lte":5}"#))
        #expect(try term(#"{"gte":null,"lte":5}"#) == term(#"{"gte":-9223372036854775808,"lte":5}"#))
        #expect(try term(#"{"gte":5,"lt":null}"#) == term(#"{"gte":5,"lte":9223372036854775806}"#))
        #expect(try term(#"{"gte":5}"#) == term(#"{"gte":5,"lte":9223372036854775807}"#))
    }
}
