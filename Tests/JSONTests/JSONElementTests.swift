import JSON
import Testing

@Suite struct JSONElementTests {
    private func element(_ text: String) throws -> JSONElement { try JSONDocument(parsing: text).root }

    @Test func integersKeepHowTheyAreWritten() throws {
        #expect(try element("1").int == 1)
        #expect(try element("1.0").int == nil)
        #expect(try element("1.0").double == 1)
        #expect(try element("-9223372036854775808").int == Int.min)
        #expect(try element("9223372036854775808").int == nil)
        #expect(try element("9223372036854775808").double == 9_223_372_036_854_775_808)
    }

    @Test func otherKindsAnswerNil() throws {
        let string = try element("\"x\"")
        #expect(string.int == nil && string.double == nil && string.bool == nil)
        #expect(string.object == nil && string.array == nil && !string.isNull)
        #expect(try element("null").isNull)
        #expect(try element("[]").string == nil)
    }

    @Test(arguments: ["", "plain", "é", "😀", "a\u{0}b", String(repeating: "long ", count: 1000)])
    func stringsSurvive(_ text: String) throws {
        let json = JSONValue.string(text).serialized()
        #expect(try JSONDocument(parsing: json).root.string == text)
    }
}
