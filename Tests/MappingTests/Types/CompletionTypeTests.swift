import JSON
import Testing
import TestSupport

@testable import Mapping

@Suite struct CompletionTypeTests {
    private func mapping(_ parameters: String = "") throws -> Mapping {
        try Mapping(
            decoding: JSONDocument(
                parsing: #"{"properties":{"s":{"type":"completion"\#(parameters),"fields":{"raw":{"type":"keyword"}}},"c":{"type":"keyword"}}}"#
            ).root)
    }

    private func entries(_ source: String, _ parameters: String = "") throws -> [CompletionEntry] {
        try DocumentParser(mapping: try mapping(parameters)).parse(Array(source.utf8)).values.compactMap { value in
            guard value.field == "s", case .term(let term) = value.value else { return nil }
            return CompletionEntry(term: term)
        }
    }

    @Test(arguments: [
        (#"{"s":"Foo Bar"}"#, [("foo\u{1F}bar", 1, "Foo Bar")]), (#"{"s":["a","b"]}"#, [("a", 1, "a"), ("b", 1, "b")]),
        (#"{"s":{"input":["a","b"],"weight":7}}"#, [("a", 7, "a"), ("b", 7, "b")]),
        (#"{"s":[{"input":"a","weight":"3"},{"input":"b"}]}"#, [("a", 3, "a"), ("b", 1, "b")]), (#"{"s":null}"#, []),
    ])
    func inputs(source: String, expected: [(String, Int, String)]) throws {
        let found = try entries(source)
        #expect(found.map(\.words) == expected.map(\.0) && found.map(\.weight) == expected.map(\.1) && found.map(\.input) == expected.map(\.2))
    }

    @Test(arguments: [#"{"s":""}"#, #"{"s":7}"#, #"{"s":{"input":"a","weight":-1}}"#, #"{"s":{"x":"a"}}"#, #"{"s":{"input":"a","weight":"x"}}"#])
    func refused(source: String) {
        #expect(thrownCase { try entries(source) } == "malformedValue.malformedCompletion")
    }

    @Test func contexts() throws {
        let parameters = #","contexts":[{"name":"color","type":"category","path":"c"},{"name":"place","type":"geo","precision":3}]"#
        let own = try entries(#"{"s":{"input":"a","contexts":{"color":["red","blue"],"place":{"lat":52.5,"lon":13.4}}}}"#, parameters)
        #expect(own.first?.contexts.map(\.value) == ["red", "blue", "u33"])
        #expect(try entries(#"{"s":"a","c":"green"}"#, parameters).first?.contexts.map(\.value) == ["green"])
        #expect(throws: DocumentParsingError.contextsMissing(field: "s")) { try entries(#"{"s":"a"}"#, parameters) }
    }

    @Test func subfieldsReadTheInputs() throws {
        let parsed = try DocumentParser(mapping: try mapping()).parse(Array(#"{"s":{"input":["a","b"],"weight":2}}"#.utf8))
        #expect(parsed.values.filter { $0.field == "s.raw" }.map(\.value) == [.term("a"), .term("b")])
    }

    /// Ten kilometres and their cells: a point's own is among those around it.
    @Test func geohashes() throws {
        let point = try GeoPoint(latitude: 52.52, longitude: 13.405)
        #expect(point.geohash(6) == "u33dc0")
        let around = point.geohashes(around: 6)
        #expect(around.count == 9 && around.contains("u33dc0"))
        #expect(CompletionContext.precision(.string("5km")) == 5 && CompletionContext.precision(.int(3)) == 3 && CompletionContext.precision(nil) == 6)
    }
}
