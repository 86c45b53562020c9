import JSON
import Scripts
import Testing

@testable import ElasticsearchAPI

@Suite struct ScriptReferenceDecodingTests {
    private func decode(_ script: String) throws(ElasticsearchError) -> ScriptReference {
        try JSONBody.decode(Array(#"{"script":\#(script)}"#.utf8)) { (root) throws(ParseError) in
            guard let field = try root.members(of: .object("x")).first else { throw .argument("empty") }
            return try ScriptReference(field)
        }
    }

    @Test func reads() throws {
        #expect(try decode(#""1 + 1""#) == .inline(Script("1 + 1")))
        #expect(
            try decode(#"{"source":"a","lang":"expression","params":{"a":1}}"#)
                == .inline(Script("a", language: .expression, parameters: ScriptParameters(["a": 1]))))
        #expect(try decode(#"{"id":"x","params":{}}"#) == .stored(id: "x", parameters: ScriptParameters()))
    }

    @Test(arguments: [
        (#"{}"#, "illegal_argument_exception: must specify either [source] for an inline script or [id] for a stored script"),
        (#"{"source":"1","lang":"javascript"}"#, "illegal_argument_exception: script_lang not supported [javascript]"),
        (#"{"id":"x","source":"1"}"#, "illegal_argument_exception: illegally specified both <id> and <source>"),
        (#"{"id":"x","lang":"painless"}"#, "illegal_argument_exception: illegally specified <lang> for a stored script"),
    ])
    func refuses(_ script: String, _ expected: String) {
        let error = failure { () throws(ElasticsearchError) in try decode(script) }
        #expect(error?.summary == expected)
    }
}
