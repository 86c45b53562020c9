import JSON
import Testing

@testable import Mapping

@Suite struct RuntimeFieldsTests {
    private func mapping(_ text: String) throws -> Mapping { try Mapping(decoding: try JSONDocument(parsing: text).root) }

    @Test func decodesAndShows() throws {
        let text = #"{"runtime":{"a":{"type":"long","script":{"source":"emit(1)","params":{"x":1},"lang":"painless"}},"b":{"type":"date","format":"yyyy"}}}"#
        let mapping = try mapping(text)
        #expect(mapping.runtime["a"]?.script?.source == "emit(1)")
        #expect(mapping.field("a")?.type == .number(.long))
        #expect(mapping.fields.map(\.path) == ["a", "b"])
        let shown = String(decoding: mapping.encoded.serialized(), as: UTF8.self)
        #expect(
            shown
                == #"{"runtime":{"a":{"type":"long","script":{"source":"emit(1)","lang":"painless","params":{"x":1}}},"b":{"type":"date","format":"yyyy"}}}"#)
        #expect(try self.mapping(shown) == mapping)
    }

    @Test func hidesMappedFieldsAndIsMergedAndRemoved() throws {
        let base = try mapping(#"{"runtime":{"a":{"type":"long"}},"properties":{"a":{"type":"keyword"}}}"#)
        #expect(base.field("a")?.type == .number(.long))
        let merged = try base.merging(try mapping(#"{"runtime":{"a":null,"c":{"type":"boolean"}}}"#))
        #expect(merged.field("a")?.type.name == "keyword")
        #expect(merged.field("c")?.type == .boolean)
        #expect(merged.runtime["a"] == nil)
    }

    @Test func documentsDoNotMapThem() throws {
        let mapping = try mapping(#"{"runtime":{"a":{"type":"long"}}}"#)
        let document = try DocumentParser(mapping: mapping).parse(Array(#"{"a":1,"b":2}"#.utf8))
        #expect(document.mappingUpdate?.fields.map(\.path) == ["b"])
        #expect(!document.fieldNames.contains("a"))
    }

    @Test func searchesRecordWhatTheyUse() throws {
        let mapping = try mapping(#"{"runtime":{"a":{"type":"long"},"b":{"type":"long"}}}"#)
        var added = RuntimeFields()
        added.add("_sort:0", type: "double")
        let searched = mapping.searched(with: added)
        #expect(searched.runtime.used.isEmpty)
        _ = searched.field("a")
        _ = searched.field("_sort:0")
        #expect(searched.runtime.used == ["a", "_sort:0"])
        #expect(mapping.runtime.used.isEmpty)
        // What only a search knows is found by no pattern.
        #expect(searched.fields(matching: "*").map(\.path) == ["a", "b"])
        #expect(searched == mapping || searched.runtime.fields.count == 3)
    }

    @Test(arguments: [
        (#"{"a":{"type":"composite","fields":{"x":{"type":"long"}}}}"#, RuntimeFieldProblem.incompleteComposite(lacks: "script")),
        (#"{"a":{"type":"composite","script":"emit([:])"}}"#, .incompleteComposite(lacks: "fields")),
        (#"{"a":{"type":"lookup"}}"#, .unsupportedType("lookup")), (#"{"a":{"type":"zz"}}"#, .unknownType("zz")), (#"{"a":{}}"#, .missingType),
        (#"{"a":1}"#, .notAnObject), (#"{"a":{"type":"long","zz":1}}"#, .unknownParameter("zz", type: "long")),
        (#"{"a":{"type":"long","script":{"id":"x"}}}"#, .storedScript), (#"{"a":{"type":"long","script":{"lang":"x","source":""}}}"#, .malformedScript),
        (#"{"a":{"type":"long","format":"yyyy"}}"#, .unknownParameter("format", type: "long")),
    ] as [(String, RuntimeFieldProblem)])
    func refuses(_ text: String, _ problem: RuntimeFieldProblem) throws {
        let root = try JSONDocument(parsing: text).root
        #expect(throws: MappingError.runtimeField("a", problem)) { try RuntimeFields(decoding: root) }
    }

    @Test func shownValues() throws {
        let date = try #require(try mapping(#"{"runtime":{"d":{"type":"date","format":"yyyy"}}}"#).field("d"))
        #expect(date.shown(.dates([0])) == ["1970"])
        #expect(date.shown(.longs([1])) == [1])
        #expect(date.shown(.points([try GeoPoint(latitude: 1, longitude: 2)])) == [["coordinates": [2.0, 1.0], "type": "Point"]])
        #expect(date.shown(nil).isEmpty)
    }
}
