import JSON
import Testing

@testable import Mapping

struct DocumentParserTests {
    @Test func mappedFieldsAreIndexed() throws {
        let mapping = try mapping(
            properties: """
                {"image_id":{"type":"keyword"},"caption":{"type":"text","fields":{"raw":{"type":"keyword"}}},
                 "exif":{"properties":{"location":{"type":"geo_point"},"date":{"type":"date"}}},"n":{"type":"integer"},
                 "v":{"type":"dense_vector","dims":3}}
                """)
        let source = """
            {"image_id":"a","caption":"A red fox","exif":{"location":[9.25,48.5],"date":"2024-02-29"},"n":["1",2.5,null],"v":[1,2.5,3]}
            """
        let parsed = try parse(source, mapping)
        #expect(parsed.source == Array(source.utf8))
        #expect(parsed.values("image_id") == [.term("a")])
        #expect(parsed.values("caption") == [.term("a"), .term("red"), .term("fox")])
        #expect(parsed.values("caption.raw") == [.term("A red fox")])
        #expect(parsed.values("exif.date") == [.long(1_709_164_800_000)])
        #expect(parsed.values("n") == [.long(1), .long(2)])
        #expect(parsed.vectors.map(\.values) == [[1, 2.5, 3]])
        #expect(parsed.vectors.map(\.field) == ["v"])
        #expect(
            parsed.fieldNames == ["image_id", "caption", "caption.raw", "exif.location", "exif.date", "n", "v"])
        #expect(parsed.mappingUpdate == nil)
    }

    @Test func objectsMayBeDottedNestedEmptyOrInArrays() throws {
        let mapping = try mapping(properties: #"{"a":{"properties":{"b":{"type":"long"}}}}"#)
        #expect(try parse(#"{"a.b":1}"#, mapping).values("a.b") == [.long(1)])
        #expect(try parse(#"{"a":{"b":1}}"#, mapping).values("a.b") == [.long(1)])
        #expect(
            try parse(#"{"a":[{"b":1},{"b":[2,[3]]},null]}"#, mapping).values("a.b") == [.long(1), .long(2), .long(3)])
        #expect(try parse(#"{"a":{}}"#, mapping).fieldNames.isEmpty)
        #expect(try parse(#"{"a":null}"#, mapping).fieldNames.isEmpty)
    }

    @Test func unindexedFieldsLeaveNothing() throws {
        let mapping = try mapping(
            properties: """
                {"a":{"type":"keyword","index":false},"b":{"type":"keyword","index":false,"doc_values":false},
                 "c":{"type":"text","index":false},"o":{"enabled":false},"k":{"type":"keyword","ignore_above":2}}
                """)
        let parsed = try parse(#"{"a":"x","b":"x","c":"x","o":{"anything":[1,{"x":2}]},"k":"long"}"#, mapping)
        #expect(parsed.values == [.init(field: "a", value: .term("x")), .init(field: "_ignored", value: .term("k"))])
        #expect(parsed.mappingUpdate == nil)
    }

    @Test func nullValuesAndCopies() throws {
        let mapping = try mapping(
            properties: """
                {"k":{"type":"keyword","null_value":"none","copy_to":["all","more"]},"all":{"type":"text"}}
                """)
        let parsed = try parse(#"{"k":["Red Fox",null]}"#, mapping)
        #expect(parsed.values("k") == [.term("Red Fox"), .term("none")])
        #expect(parsed.values("all") == [.term("red"), .term("fox")])
        #expect(parsed.mappingUpdate?.field("more")?.type == .text)
    }

    @Test func malformedValuesCanBeIgnored() throws {
        let mapping = try mapping(
            properties:
                #"{"n":{"type":"long","ignore_malformed":true},"p":{"type":"geo_point","ignore_malformed":true}}"#)
        let parsed = try parse(#"{"n":["x",1],"p":"nowhere, else"}"#, mapping)
        #expect(parsed.values("n") == [.long(1)] && parsed.values("p").isEmpty)
        #expect(Set(parsed.values("_ignored")) == [.term("n"), .term("p")])
        // An object is none of the values that are left out.
        #expect(throws: DocumentParsingError.self) { try parse(#"{"n":{"a":1}}"#, mapping) }
    }

    @Test(arguments: [
        (
            #"{"n":"abc"}"#,
            DocumentParsingError.malformedValue(field: "n", type: "long", preview: "abc", cause: .notANumber("abc"))
        ),
        (
            #"{"n":{"a":1,"b":["x",null]}}"#,
            .malformedValue(field: "n", type: "long", preview: "{a=1, b=[x, null]}", cause: .unexpectedObject)
        ),
        (
            #"{"p":"91,0"}"#,
            .malformedValue(
                field: "p", type: "geo_point", preview: "91,0", cause: .malformedPoint(.latitudeOutOfRange(91)))
        ),
        (#"{"o":1}"#, .concreteValueForObject(field: "o")), (#"{"o":["x"]}"#, .concreteValueForObject(field: "o")),
        (#"{"n.x":1}"#, .concreteValueForObject(field: "n")),
        (#"{"v":[1,2]}"#, .malformedVector(field: "v", problem: .tooFewDimensions(2, expected: 3))),
        (#"{"v":[1,2,3,4]}"#, .malformedVector(field: "v", problem: .tooManyDimensions(expected: 3))),
        (#"{"v":[0,0,0]}"#, .malformedVector(field: "v", problem: .zeroMagnitude(preview: [0, 0, 0]))),
        (#"{"v":[1,"2",3]}"#, .malformedVector(field: "v", problem: .notNumbers)),
        (#"{"v":[[1,2,3]]}"#, .malformedVector(field: "v", problem: .notNumbers)),
        (#"{"v":1}"#, .malformedVector(field: "v", problem: .notNumbers)),
        (
            #"{"v":[1e39,2,3]}"#,
            .malformedVector(
                field: "v", problem: .notFinite(dimension: 0, value: .infinity, preview: [.infinity, 2, 3]))
        ),
        (#"{"d":[1,1]}"#, .malformedVector(field: "d", problem: .notUnitLength(preview: [1, 1]))),
        (#"{"o":[{"v":[1,2]},{"v":[1,2]}]}"#, .malformedVector(field: "o.v", problem: .multipleVectors)),
        (#"{"a":1,"a":2}"#, .duplicateKey("a")), (#"{"o":{"a":1,"a":2}}"#, .duplicateKey("a")), ("[1]", .notAnObject),
        (#"{"_id":"1"}"#, .metadataField("_id")), (#"{"":1}"#, .invalidFieldName("")),
        (#"{"a.":1}"#, .invalidFieldName("a.")),
        (#"{".a":1}"#, .invalidFieldName(".a")),
        (#"{"s":{"new":1}}"#, .strictDynamicMapping(field: "new", object: "s")),
        (#"{"s":{"o":{"new":1}}}"#, .strictDynamicMapping(field: "o", object: "s")),
    ])
    func badDocumentsAreRefused(source: String, expected: DocumentParsingError) throws {
        let mapping = try mapping(
            properties: """
                {"n":{"type":"long"},"p":{"type":"geo_point"},"v":{"type":"dense_vector","dims":3},
                 "d":{"type":"dense_vector","dims":2,"similarity":"dot_product"},
                 "o":{"properties":{"v":{"type":"dense_vector","dims":2}}},"s":{"dynamic":"strict","properties":{}}}
                """)
        #expect(error(DocumentParsingError.self) { try parse(source, mapping) } == expected)
    }

    @Test func brokenJSONIsRefused() {
        for source in ["", "{", #"{"a":}"#, "nul", "{\"a\":\"\u{1}\"}"] {
            guard case .malformedJSON = error(DocumentParsingError.self, { try parse(source) }) else {
                Issue.record("accepted \(source)")
                continue
            }
        }
    }

    @Test func immenseTermsAreRefused() throws {
        let text = String(repeating: "x", count: 40_000)
        let mapping = try mapping(properties: #"{"k":{"type":"keyword"}}"#)
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"k":"\#(text)"}"#, mapping) }
                == .immenseTerm(field: "k", length: 40_000))
    }

    @Test func partsOfTheSourceCanBeLeftOut() throws {
        let excluding = try mapping(
            #"{"_source":{"excludes":["v"]},"properties":{"v":{"type":"dense_vector","dims":2}}}"#)
        let parsed = try parse(#"{ "id": 1, "v": [1.0, 2.0] }"#, excluding)
        #expect(parsed.source.map { String(decoding: $0, as: UTF8.self) } == #"{"id":1}"#)
        #expect(parsed.vectors.count == 1)
        #expect(try parse("{}", try mapping(#"{"_source":{"enabled":false}}"#)).source == nil)
    }
}
