import Indices
import Testing

@testable import ElasticsearchAPI

@Suite struct StoredScriptBodyTests {
    private func body(_ text: String, context: String? = nil) throws(ElasticsearchError) -> StoredScripts.Stored {
        try StoredScriptBody(id: "s", body: Array(text.utf8), context: context).script
    }

    @Test func reads() throws {
        #expect(try body(#"{"script":{"lang":"painless","source":"1 + 1"}}"#) == .init(language: "painless", source: "1 + 1"))
        let template = try body(#"{"script":{"lang":"mustache","source":{"query":{}}}}"#)
        #expect(template == .init(language: "mustache", source: #"{"query":{}}"#))
        #expect(try body(#"{"script":{"lang":"painless","source":"cosineSimilarity(params.v, 'f')"}}"#, context: "score").language == "painless")
    }

    @Test(arguments: [
        (#"{}"#, nil, "illegal_argument_exception: must specify at least one script"),
        (#"{"script":{"source":"1"}}"#, nil, "illegal_argument_exception: must specify lang for stored script"),
        (#"{"script":{"lang":"painless"}}"#, nil, "illegal_argument_exception: must specify source for stored script"),
        (#"{"script":{"lang":"x","source":"1"}}"#, nil, "illegal_argument_exception: unable to put stored script with unsupported lang [x]"),
        (#"{"script":{"lang":"painless","source":"1"}}"#, "zz", "illegal_argument_exception: Unknown context [zz]"),
        (
            #"{"script":{"lang":"painless","source":"1 +"}}"#, "score",
            "illegal_argument_exception: failed to parse/compile stored script [s] <- script_exception: compile error <- "
                + "illegal_argument_exception: unexpected end of script."
        ),
    ] as [(String, String?, String)])
    func refuses(_ text: String, _ context: String?, _ expected: String) {
        #expect(failure { () throws(ElasticsearchError) in try body(text, context: context) }?.summary == expected)
    }
}
