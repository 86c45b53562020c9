import JSON
import Mapping
import Testing

struct DynamicMappingTests {
    @Test func typesAreGuessed() throws {
        let update = try #require(
            try parse(
                """
                {"s":"some text","n":1,"d":1.5,"b":true,"date":"2024-02-29T12:00:00Z",
                 "slashes":"2024/02/29","year":"2024","list":[null,"x","y"],"empty":[],"null":null,"o":{"in":{"x":1}},
                 "dotted.name":1,"objects":[{"a":1},{"b":true}]}
                """
            ).mappingUpdate)
        #expect(
            update.encoded["properties"]?.text == """
                {"b":{"type":"boolean"},"d":{"type":"float"},"date":{"type":"date"},\
                "dotted":{"properties":{"name":{"type":"long"}}},\
                "list":{"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}},\
                "n":{"type":"long"},"o":{"properties":{"in":{"properties":{"x":{"type":"long"}}}}},\
                "objects":{"properties":{"a":{"type":"long"},"b":{"type":"boolean"}}},\
                "s":{"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}},\
                "slashes":{"type":"date","format":"yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis"},\
                "year":{"type":"text","fields":{"keyword":{"type":"keyword","ignore_above":256}}}}
                """)
    }

    @Test func valuesAreIndexedAsGuessed() throws {
        let parsed = try parse(#"{"tags":["Red Fox","x"],"meta":{"key":"Value"}}"#)
        #expect(parsed.values("tags.keyword") == [.term("Red Fox"), .term("x")])
        #expect(parsed.values("meta.key.keyword") == [.term("Value")])
        #expect(parsed.values("meta.key") == [.term("value")])
    }

    @Test(arguments: [(127, false), (128, true), (512, true), (4096, true), (4097, false)])
    func longArraysOfDecimalsAreVectors(count: Int, isVector: Bool) throws {
        let numbers = Array(repeating: "0.5", count: count).joined(separator: ",")
        let parsed = try parse(#"{"e":[\#(numbers)]}"#)
        #expect(parsed.vectors.count == (isVector ? 1 : 0))
        let type = try #require(parsed.mappingUpdate?.field("e")?.type)
        #expect(type == (isVector ? .denseVector(DenseVectorOptions(dimensions: count)) : .number(.float)))
    }

    @Test func arraysOfWholeNumbersAreNoVectors() throws {
        let numbers = Array(repeating: "1", count: 200).joined(separator: ",")
        #expect(try parse(#"{"e":[\#(numbers)]}"#).mappingUpdate?.field("e")?.type == .number(.long))
    }

    @Test func dimensionsAreLearnt() throws {
        let mapping = try mapping(properties: #"{"v":{"type":"dense_vector","similarity":"l2_norm"}}"#)
        let parsed = try parse(#"{"v":[1,2,3]}"#, mapping)
        let merged = try mapping.merging(try #require(parsed.mappingUpdate))
        #expect(merged.field("v")?.type == .denseVector(DenseVectorOptions(dimensions: 3, similarity: .l2Norm)))
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"v":[1,2]}"#, merged) }
                == .malformedVector(field: "v", problem: .tooFewDimensions(2, expected: 3)))
    }

    @Test func ignoredFieldsStayInTheSource() throws {
        let parsed = try parse(#"{"new":1,"o":{"x":1}}"#, try mapping(#"{"dynamic":"false"}"#))
        #expect(parsed.mappingUpdate == nil)
        #expect(parsed.values.isEmpty)
    }

    @Test func newFieldsMayBeOfTheRuntime() throws {
        let known = try mapping(#"{"dynamic":"runtime"}"#)
        let parsed = try parse(#"{"new":[1,2],"o":{"x":[{"y":"2020-01-01"}]},"a.b":true,"n":null}"#, known)
        let update = try #require(parsed.mappingUpdate)
        #expect(parsed.values.isEmpty && parsed.fieldNames.isEmpty)
        let merged = try known.merging(update)
        #expect(merged.runtime.fields.mapValues(\.field.type.name) == ["new": "long", "o.x.y": "date", "a.b": "boolean"])
        // What is known adds nothing; a template maps in the old way.
        #expect(try parse(#"{"new":3,"o":{"x":{"y":"2021-01-01"}}}"#, merged).mappingUpdate == nil)
        let templated = try mapping(#"{"dynamic":"runtime","dynamic_templates":[{"k":{"match":"k*","mapping":{"type":"keyword"}}}]}"#)
        #expect(try parse(#"{"k1":"x"}"#, templated).values("k1") == [.term("x")])
    }

    @Test func objectsDecideForThemselves() throws {
        let mapping = try mapping(
            #"{"dynamic":"strict","properties":{"open":{"dynamic":true,"properties":{}},"closed":{"properties":{}}}}"#)
        #expect(try parse(#"{"open":{"x":1}}"#, mapping).mappingUpdate?.field("open.x") != nil)
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"closed":{"x":1}}"#, mapping) }
                == .strictDynamicMapping(field: "x", object: "closed"))
    }

    @Test func detectionCanBeSet() throws {
        let off = try mapping(#"{"date_detection":false,"numeric_detection":true}"#)
        let update = try parse(#"{"d":"2024-02-29","n":"12","f":"1.5"}"#, off).mappingUpdate
        #expect(update?.field("d")?.type == .text)
        #expect(update?.field("n")?.type == .number(.long))
        #expect(update?.field("f")?.type == .number(.float))
        let own = try mapping(#"{"dynamic_date_formats":["dd.MM.yyyy"]}"#)
        #expect(try parse(#"{"d":"29.02.2024"}"#, own).mappingUpdate?.field("d")?.encoded["format"] == "dd.MM.yyyy")
    }

    @Test func depthIsLimited() {
        let deep = String(repeating: #"{"o":"#, count: 25) + "1" + String(repeating: "}", count: 25)
        let dotted = #"{"\#(Array(repeating: "o", count: 25).joined(separator: "."))":1}"#
        for source in [deep, dotted] {
            guard case .mapping(.tooDeep) = error(DocumentParsingError.self, { try parse(source) }) else {
                Issue.record("accepted \(source)")
                continue
            }
        }
    }

    @Test func fieldsAreLimited() {
        let wide = (0..<1001).map { #""f\#($0)":1"# }.joined(separator: ",")
        #expect(error(DocumentParsingError.self) { try parse("{\(wide)}") } == .mapping(.tooManyNewFields(1001, limit: 1000)))
    }

    /// Whatever a document brings, the mapping it makes reads it again and adds nothing.
    @Test func theMappingThatADocumentMakesKnowsAllOfIt() throws {
        let source = #"{"a":[1,2],"b":{"c":[{"d":"x"},{"e":1.5}]},"f":"2024-02-29","g":[true,null]}"#
        let update = try #require(try parse(source).mappingUpdate)
        let merged = try Mapping().merging(update)
        let again = try parse(source, merged)
        #expect(again.mappingUpdate == nil)
        #expect(again.values == (try parse(source)).values)
    }
}
