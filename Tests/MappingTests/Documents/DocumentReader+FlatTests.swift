import JSON
import Mapping
import Testing

@Suite struct DocumentReaderFlatTests {
    private func updated(_ mapping: Mapping, _ document: String) throws -> Mapping {
        let update = try parse(document, mapping).mappingUpdate
        return try update.map { try mapping.merging($0) } ?? mapping
    }

    @Test func namesWithDotsStay() throws {
        let parsed = try updated(try mapping(#"{"subobjects":false}"#), #"{"t":1,"t.max":2,"a":{"b":{"c":"x"},"d":[1,2]},"l":[{"k":1},{"k":2,"m":true}]}"#)
        #expect(parsed.root.properties.keys.sorted() == ["a.b.c", "a.d", "l.k", "l.m", "t", "t.max"])
        let document = try parse(#"{"t":1,"t.max":2,"a.b":{"c":"x"},"l":[{"k":1},[{"k":2}]]}"#, parsed)
        #expect(document.mappingUpdate == nil)
        #expect(document.values("l.k") == [.long(1), .long(2)])
        #expect(document.values("t.max") == [.long(2)])
    }

    @Test func templatesMakeFlatObjects() throws {
        let template = """
            {"dynamic_templates":[{"m":{"match":"metrics","mapping":{"type":"object","subobjects":false,"properties":{"host.name":{"type":"keyword"}}}}}]}
            """
        var parsed = try updated(try mapping(template), #"{"metrics.host.name":"l","metrics.host.id":1,"metrics.time":10,"metrics.time.max":100}"#)
        #expect(parsed.object("metrics")?.properties.keys.sorted() == ["host.id", "host.name", "time", "time.max"])
        parsed = try updated(parsed, #"{"metrics":{"host":{"new":true}},"other":{"deep":{"er":1}}}"#)
        #expect(parsed.field("metrics.host.new")?.type == .boolean)
        #expect(parsed.object("other.deep")?.properties.keys.sorted() == ["er"])
    }

    @Test func whatIsMappedIsReadWhateverDynamicSays() throws {
        for dynamic in ["false", "\"strict\""] {
            let flat = try mapping(#"{"subobjects":false,"dynamic":\#(dynamic),"properties":{"o.k":{"type":"keyword"}}}"#)
            #expect(try parse(#"{"o":[{"k":"p"},{"k":"q"}]}"#, flat).values("o.k") == [.term("p"), .term("q")])
        }
        let ignoring = try mapping(#"{"subobjects":false,"dynamic":false,"properties":{"o.k":{"type":"keyword"}}}"#)
        #expect(try parse(#"{"z":{"k":1},"o":{"z":1}}"#, ignoring).mappingUpdate == nil)
        let strict = try mapping(#"{"subobjects":false,"dynamic":"strict","properties":{"o.k":{"type":"keyword"}}}"#)
        #expect(error(DocumentParsingError.self) { try parse(#"{"z":{"k":1}}"#, strict) } == .strictDynamicMapping(field: "z", object: "_doc"))
        #expect(error(DocumentParsingError.self) { try parse(#"{"o":{"z":1}}"#, strict) } == .strictDynamicMapping(field: "o.z", object: "_doc"))
    }

    @Test func whatNoFlatObjectHas() throws {
        let flat = try mapping(#"{"subobjects":false}"#)
        #expect(error(DocumentParsingError.self) { try parse(#"{"a":{" ":1}}"#, flat) } == .invalidFieldName("a. "))
        #expect(error(DocumentParsingError.self) { try parse(#"{"a":{"k":1,"k":2}}"#, flat) } == .duplicateKey("k"))
        let deep = String(repeating: #"{"a":"#, count: 30) + "1" + String(repeating: "}", count: 30)
        guard case .mapping(.tooDeep)? = error(DocumentParsingError.self, { try parse(deep, flat) }) else {
            Issue.record("taken")
            return
        }
    }

    @Test func nestedObjectsAreRefused() throws {
        let flat = try mapping(#"{"subobjects":false,"dynamic_templates":[{"n":{"match":"object","mapping":{"type":"nested"}}}]}"#)
        #expect(
            error(DocumentParsingError.self) { try parse(#"{"object":[{}]}"#, flat) }
                == .mapping(.nestedInFlat(name: "object", object: "_doc")))
    }

    @Test func typesThatTakeObjectsGetThem() throws {
        let flat = try mapping(#"{"subobjects":false,"properties":{"r":{"type":"long_range"},"p":{"type":"geo_point"},"k":{"type":"keyword"}}}"#)
        let document = try parse(#"{"r":{"gte":1,"lte":2},"p":{"lat":1,"lon":2},"k":{"sub":"x"}}"#, flat)
        #expect(document.values("r").count == 1)
        #expect(document.points.count == 1)
        #expect(document.mappingUpdate?.field("k.sub") != nil)
    }

    @Test func fieldsOfSuchADocument() throws {
        let flat = try updated(try mapping(#"{"subobjects":false}"#), #"{"t":1,"t.max":2,"s":"x"}"#)
        let found = FieldsExtraction([.init(pattern: "*")], mapping: flat)
            .extract(from: try JSONDocument(parsing: #"{"t":1,"t.max":2,"s":"x"}"#).root)
        #expect(JSONValue.object(found).text == #"{"s":["x"],"s.keyword":["x"],"t":[1],"t.max":[2]}"#)
    }
}
