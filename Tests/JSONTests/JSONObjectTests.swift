import JSON
import Testing

@Suite struct JSONObjectTests {
    private func object(_ text: String) throws -> JSONObject { try #require(try JSONDocument(parsing: text).root.object) }

    @Test func membersKeepTheirOrder() throws {
        let object = try object(#"{"b":{"x":[1,2]},"a":1,"c":2.5}"#)
        #expect(object.map(\.key) == ["b", "a", "c"])
        #expect(object.count == 3)
        #expect(object["a"]?.int == 1)
        #expect(object["absent"] == nil)
    }

    @Test func emptiness() throws {
        #expect(try object("{}").isEmpty)
        #expect(try !object(#"{"a":null}"#).isEmpty)
    }

    @Test func duplicatesAreFound() throws {
        #expect(try object(#"{"a":1,"b":2,"a":3}"#).duplicateKey == "a")
        #expect(try object(#"{"a":{"b":1},"b":2}"#).duplicateKey == nil)
    }
}
