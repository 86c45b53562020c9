import JSON
import Testing

@testable import ElasticsearchAPI

@Suite struct SuggestionsTests {
    @Test func closestFirst() {
        #expect(Suggestions(for: "sizes", among: ["from", "size", "sizer"]).names == ["size", "sizer"])
        #expect(Suggestions(for: "x", among: ["size"]).text == nil)
        #expect(Suggestions(for: "siz", among: ["size"]).text == "[size]?")
        #expect(Suggestions(for: "", among: ["size"]).text == nil)
    }
}
