import JSON
import Mapping
import Testing

struct MappingDecodingTests {
    @Test func theArticlesMappingIsReadAndEchoed() throws {
        let mapping = try mapping(
            properties: """
                {"image_embedding":{"type":"dense_vector","dims":512,"index":true,"similarity":"cosine"},
                 "image_id":{"type":"keyword"},"relative_path":{"type":"keyword"},
                 "exif":{"properties":{"location":{"type":"geo_point"},"date":{"type":"date"}}}}
                """)
        #expect(mapping.field("exif.location")?.type == .geoPoint)
        #expect(
            mapping.encoded.text == """
                {"properties":{"exif":{"properties":{"date":{"type":"date"},"location":{"type":"geo_point"}}},\
                "image_embedding":{"type":"dense_vector","dims":512,"index":true,"similarity":"cosine",\
                "index_options":{"type":"bbq_hnsw","m":16,"ef_construction":100,"rescore_vector":{"oversample":3.0}}},\
                "image_id":{"type":"keyword"},"relative_path":{"type":"keyword"}}}
                """)
    }

    @Test(arguments: [
        // Parameters at their defaults are not echoed, strings are read as what they stand for.
        (
            #"{"f":{"type":"keyword","index":true,"ignore_above":"256"}}"#,
            #"{"f":{"type":"keyword","ignore_above":256}}"#
        ),
        (
            #"{"f":{"type":"text","fields":{"raw":{"type":"keyword","doc_values":"false"}}}}"#,
            #"{"f":{"type":"text","fields":{"raw":{"type":"keyword","doc_values":false}}}}"#
        ),
        (
            #"{"f":{"type":"scaled_float","scaling_factor":100}}"#,
            #"{"f":{"type":"scaled_float","scaling_factor":100.0}}"#
        ),
        (#"{"a.b":{"type":"long"}}"#, #"{"a":{"properties":{"b":{"type":"long"}}}}"#),
        (#"{"o":{"type":"object"}}"#, #"{"o":{"type":"object"}}"#),
        (#"{"o":{"enabled":false}}"#, #"{"o":{"type":"object","enabled":false}}"#),
        (
            #"{"o":{"dynamic":"strict","properties":{"n":{"type":"byte","coerce":false}}}}"#,
            #"{"o":{"dynamic":"strict","properties":{"n":{"type":"byte","coerce":false}}}}"#
        ),
        (
            #"{"d":{"type":"date","format":"yyyy-MM-dd||epoch_millis","meta":{"unit":"day"}}}"#,
            #"{"d":{"type":"date","meta":{"unit":"day"},"format":"yyyy-MM-dd||epoch_millis"}}"#
        ),
        (#"{"f":{"type":"text","analyzer":"standard"}}"#, #"{"f":{"type":"text","analyzer":"standard"}}"#),
        (#"{"c":{"type":"keyword","copy_to":"all"}}"#, #"{"c":{"type":"keyword","copy_to":["all"]}}"#),
    ])
    func propertiesAreEchoed(written: String, echoed: String) throws {
        let value = try #require(try mapping(properties: written).encoded["properties"])
        #expect(Set(members(value)) == Set(members(JSONValue(try JSONDocument(parsing: echoed).root))))
    }

    /// Every leaf with its path: a comparison in which the order of members does not count.
    private func members(_ value: JSONValue, _ path: String = "") -> [String] {
        guard let object = value.object else { return [path + "=" + value.text] }
        return object.flatMap { members($0.value, path + "/" + $0.key) }
    }

    @Test func rootSettingsAreEchoed() throws {
        let json = """
            {"dynamic":"strict","_meta":{"a":1},"date_detection":false,"numeric_detection":true,\
            "dynamic_date_formats":["yyyy"],"_routing":{"required":true},"_source":{"excludes":["vector"]}}
            """
        let mapping = try mapping(json)
        #expect(mapping.encoded.text == json)
        #expect(mapping.source.excludes == ["vector"])
        #expect(mapping.routingRequired == true)
    }

    @Test(arguments: [
        (
            #"{"properties":{"f":{"type":"keyword","nope":1}}}"#,
            MappingError.unknownParameter(name: "nope", field: "f", type: "keyword")
        ),
        (
            #"{"properties":{"f":{"type":"keyword","dims":3}}}"#,
            .unknownParameter(name: "dims", field: "f", type: "keyword")
        ),
        (#"{"properties":{"f":{"type":"nonsense"}}}"#, .unknownType("nonsense", field: "f")),
        (#"{"properties":{"f":{"index":true}}}"#, .missingType(field: "f")),
        (#"{"properties":{"f":1}}"#, .notAnObject(field: "f")),
        (#"{"properties":[1]}"#, .notAnObject(field: "")),
        (#"{"properties":{"":{"type":"keyword"}}}"#, .invalidFieldName("")),
        (#"{"properties":{"a..b":{"type":"keyword"}}}"#, .invalidFieldName("a..b")),
        (#"{"propertiez":{}}"#, .unknownRootParameter(name: "propertiez", value: [:])),
        (
            #"{"properties":{"f":{"type":"keyword","index":null}}}"#,
            .nullParameter(name: "index", field: "f", type: "keyword")
        ),
        (
            #"{"properties":{"f":{"type":"keyword","index":"yes"}}}"#,
            .malformedParameter(name: "index", field: "f", value: "yes", expected: .boolean)
        ),
        (#"{"properties":{"f":{"type":"scaled_float"}}}"#, .missingParameter(name: "scaling_factor", field: "f")),
        (
            #"{"properties":{"f":{"type":"date","format":"not {a} format"}}}"#,
            .invalidDateFormat("not {a} format", field: "f")
        ),
        (
            #"{"dynamic":"maybe"}"#,
            .unknownParameterValue(
                name: "dynamic", field: "_doc", value: "maybe", accepted: ["true", "false", "strict", "runtime"])
        ),
        (#"{"properties":{"f":{"type":"text","analyzer":"klingon"}}}"#, .unknownAnalyzer("klingon", field: "f")),
        (
            #"{"properties":{"f":{"type":"text","analyzer":"standard","search_analyzer":"kuromoji"}}}"#,
            .unknownAnalyzer("kuromoji", field: "f")
        ),
        (#"{"properties":{"f":{"type":"keyword","normalizer":"upper"}}}"#, .unknownNormalizer("upper", field: "f")),
        (
            #"{"properties":{"f":{"type":"text","fields":{"g":{"type":"keyword","fields":{}}}}}}"#,
            .unknownParameter(name: "fields", field: "g", type: "keyword")
        ),
    ])
    func whatElasticsearchDoesNotKnowIsRefused(json: String, expected: MappingError) {
        #expect(error(MappingError.self) { try mapping(json) } == expected)
    }

    @Test func depthAndFieldsAreLimited() {
        let deep = (0..<25).reduce(#"{"type":"long"}"#) { inner, _ in #"{"properties":{"o":\#(inner)}}"# }
        #expect(
            error(MappingError.self) { try mapping(deep) }.map { if case .tooDeep(20, _) = $0 { true } else { false } }
                == true)
        let dotted = Array(repeating: "o", count: 25).joined(separator: ".")
        let dottedError = error(MappingError.self) { try mapping(properties: #"{"\#(dotted)":{"type":"long"}}"#) }
        #expect(dottedError.map { if case .tooDeep = $0 { true } else { false } } == true)
        let wide = (0..<1001).map { #""f\#($0)":{"type":"long"}"# }.joined(separator: ",")
        #expect(error(MappingError.self) { try mapping(properties: "{\(wide)}") } == .tooManyFields(limit: 1000))
    }

    @Test func emptyListsStandForEmptyObjects() throws {
        #expect(try mapping(#"{"properties":[]}"#) == Mapping())
    }
}
