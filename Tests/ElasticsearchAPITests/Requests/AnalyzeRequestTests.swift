import Analysis
import Indices
import JSON
import Testing

@testable import ElasticsearchAPI

struct AnalyzeRequestTests {
    @Test func readsEveryKey() throws {
        let request = try AnalyzeRequest(
            body: Array(
                #"""
                {"text":["a","b"],"analyzer":"x","normalizer":"n","field":"f","tokenizer":{"type":"ngram","min_gram":3},
                "filter":["lowercase",{"type":"stop","stopwords":["a","b"]}],"char_filter":"html_strip","explain":true,"attributes":"keyword"}
                """#.utf8))
        #expect(request.texts == ["a", "b"])
        #expect(request.analyzer == "x" && request.normalizer == "n" && request.field == "f" && request.explains)
        #expect(request.tokenizer == .definition(["type": .string("ngram"), "min_gram": .string("3")]))
        #expect(request.filters == [.name("lowercase"), .definition(["type": .string("stop"), "stopwords": .strings(["a", "b"])])])
        #expect(request.charFilters == [.name("html_strip")])
        #expect(request.attributes == ["keyword"])
    }

    @Test(arguments: [#"{"texts":"a"}"#, #"{"text":{}}"#, #"{"tokenizer":[]}"#, "[]", #"{"explain":"maybe"}"#])
    func refuses(body: String) {
        #expect(throws: ElasticsearchError.self) { try AnalyzeRequest(body: Array(body.utf8)) }
    }
}

struct AnalyzeResultTests {
    private let token = Token("ab", position: 1, positionLength: 2, startOffset: 3, endOffset: 5, type: .alphanumeric)

    private func text(_ value: JSONValue) -> String { String(decoding: value.serialized(), as: UTF8.self) }

    @Test func writesTokens() {
        #expect(
            text(AnalyzeResult.tokens([token]).json)
                == #"{"tokens":[{"token":"ab","start_offset":3,"end_offset":5,"type":"<ALPHANUM>","position":1,"positionLength":2}]}"#)
    }

    @Test func writesExplanations() {
        let steps = AnalyzeSteps(
            charFilters: [.init(name: "c", texts: ["t"])], tokenizer: .init(name: "t", tokens: []), filters: [.init(name: "f", tokens: [token])])
        #expect(
            text(AnalyzeResult.steps(steps, attributes: ["keyword"]).json)
                == #"{"detail":{"custom_analyzer":true,"charfilters":[{"name":"c","filtered_text":["t"]}],"tokenizer":{"name":"t","tokens":[]},"#
                + #""tokenfilters":[{"name":"f","tokens":[{"token":"ab","start_offset":3,"end_offset":5,"type":"<ALPHANUM>","position":1,"#
                + #""keyword":false}]}]}}"#)
        #expect(
            text(AnalyzeResult.analyzer(name: "a", tokens: [token], attributes: []).json)
                == #"{"detail":{"custom_analyzer":false,"analyzer":{"name":"a","tokens":[{"token":"ab","start_offset":3,"end_offset":5,"#
                + #""type":"<ALPHANUM>","position":1,"bytes":"[61 62]","positionLength":2,"termFrequency":1}]}}}"#)
    }
}
