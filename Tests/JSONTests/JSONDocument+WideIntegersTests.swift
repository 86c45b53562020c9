import JSON
import Testing

@Suite struct JSONDocumentWideIntegersTests {
    @Test func wideIntegersAreDoubles() throws {
        let text = #"{"a":1000000000000000019884624838656,"b":"1000000000000000019884624838656\",1","c":[-1000000000000000019884624838656]}"#
        let object = try #require(try JSONDocument(wideningIntegersOf: Array(text.utf8)).root.object)
        #expect(object["a"]?.double == 1e30)
        #expect(object["b"]?.string == #"1000000000000000019884624838656",1"#)
        #expect(object["c"]?.array?.floats() == [-1e30])
        #expect(throws: JSONError.numberOutOfRange) { try JSONDocument(parsing: text) }
    }

    /// Numbers that fit, and doubles with many digits, are left alone.
    @Test func otherNumbersStay() throws {
        let text = #"[9223372036854775807,1000000000000000019884624838656,0.1000000000000000019884624838656,1e0000000000000000000005]"#
        let array = Array(try #require(try JSONDocument(wideningIntegersOf: Array(text.utf8)).root.array))
        #expect(array.map(\.int) == [.max, nil, nil, nil])
        #expect(array.map(\.double) == [0x1p63, 1e30, 0.1, 1e5])
    }

    @Test(arguments: ["{", "[1e999]", "[01000000000000000019884624838656]", "[1000000000000000019884624838656"])
    func whatIsNoJSONIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(wideningIntegersOf: Array(text.utf8)) }
    }
}
