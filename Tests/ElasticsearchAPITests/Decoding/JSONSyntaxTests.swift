import Testing

@testable import ElasticsearchAPI

@Suite struct JSONSyntaxTests {
    @Test(arguments: [
        (#"{"a": }"#, "[1:7] Unexpected character ('}' (code 125)): expected a valid value"),
        (#"{"a": 1, }"#, "[1:10] Unexpected character ('}' (code 125)): was expecting double-quote to start field name"),
        ("{\n \"a\" 1}", "[2:6] Unexpected character ('1' (code 49)): was expecting a colon to separate field name and value"),
        ("[1 2]", "[1:4] Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"),
        (#"{"a": 1"#, "[1:8] Unexpected end-of-input: expected close marker for Object"),
        (#"{"a": "b"#, "[1:9] Unexpected end-of-input: was expecting closing quote for a string value"),
        (#"{"a": nope}"#, "[1:11] Unrecognized token 'nope': was expecting"),
        ("{\"a\": \"\n\"}", "[1:8] Illegal unquoted character ((CTRL-CHAR, code 10))"),
        (#"{"a": "\x"}"#, "[1:9] Unrecognized character escape 'x' (code 120)"),
        ("{é}", "[1:2] Unexpected character ('é' (code 233))"),
    ])
    func places(text: String, beginning: String) throws {
        let reason = try #require(JSONSyntax.reason(of: text.utf8))
        #expect(reason.hasPrefix(beginning), "\(reason)")
        #expect(reason.contains("\n at [Source: REDACTED"))
    }

    @Test(arguments: [#"{"a":[1,-2.5e3,"x\n\u0041",true,null,{}],"b":[]}"#, "3", " [ ] "])
    func nothingIsWrong(text: String) {
        #expect(JSONSyntax.reason(of: text.utf8) == nil)
    }

    @Test func depthIsBounded() {
        #expect(JSONSyntax.reason(of: String(repeating: "[", count: 100_000).utf8) != nil)
    }
}
