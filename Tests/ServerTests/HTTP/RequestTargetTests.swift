import ElasticsearchAPI
import Testing

@testable import Server

@Suite struct RequestTargetTests {
    @Test func decodes() throws {
        let target = try RequestTarget("/a%2Fb/c+d//%C3%A9?x=1+2&y&x=%263&=z#f")
        #expect(target.path == "/a%2Fb/c+d//%C3%A9")
        #expect(target.segments == ["a/b", "c+d", "é"])
        #expect(target.parameters == QueryParameters(["x": "&3", "y": ""]))
    }

    @Test(arguments: ["", "/", "//"])
    func root(_ text: String) throws {
        #expect(try RequestTarget(text).segments.isEmpty)
    }

    @Test(arguments: ["/%", "/%4", "/%zz", "/a?b=%f", "/%FF"])
    func refusesBrokenEscapes(_ text: String) {
        #expect(throws: ElasticsearchError.self) { try RequestTarget(text) }
    }

    @Test func encodesSegments() {
        #expect("a b/é".percentEncoded == "a%20b%2F%C3%A9")
        #expect("\u{1}".percentEncoded == "%01")
    }
}
