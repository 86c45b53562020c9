import JSON
import Testing
import TestSupport

@testable import Mapping

/// Types that stand in files of their own, from a mapping to what is indexed and found.
struct ServedTypeTests {
    private func cause(_ document: String, _ properties: String) throws -> ValueError? {
        let mapping = try mapping(properties: properties)
        guard case .malformedValue(_, _, _, let cause)? = error(DocumentParsingError.self, { try parse(document, mapping) }) else { return nil }
        return cause
    }

    private func match(_ text: String, _ definition: String, _ field: String = "f") throws -> FieldMatch {
        try #require(try mapping(properties: #"{"f":\#(definition)}"#).field(field)).match(.string(text), dates: DateContext(now: 0))
    }

    @Test(arguments: [
        #"{"type":"ip","ignore_malformed":true,"null_value":"::1"}"#, #"{"type":"version"}"#, #"{"type":"wildcard","ignore_above":3}"#,
        #"{"type":"constant_keyword","value":"x"}"#, #"{"type":"join","relations":{"a":["b","c"]}}"#, #"{"type":"flattened","depth_limit":3}"#, #"{"type":"date_nanos"}"#,
        #"{"type":"match_only_text"}"#, #"{"type":"token_count","analyzer":"standard"}"#, #"{"type":"search_as_you_type","max_shingle_size":2}"#,
        #"{"type":"rank_feature","positive_score_impact":false}"#, #"{"type":"rank_features"}"#, #"{"type":"sparse_vector"}"#,
        #"{"type":"integer_range"}"#, #"{"type":"date_range","format":"yyyy"}"#, #"{"type":"ip_range"}"#, #"{"type":"binary","doc_values":true}"#,
    ])
    func mappingsComeBackAsTheyWere(definition: String) throws {
        let given = try mapping(properties: #"{"f":\#(definition)}"#)
        #expect(given.encoded.text.contains(definition.dropFirst().dropLast().split(separator: ",")[0]))
        let again = try mapping(given.encoded.text)
        #expect(again == given && again.encoded.text == given.encoded.text)
        #expect(try given.merging(again) == given)
    }

    @Test(arguments: ["percolator", "geo_shape", "shape", "histogram", "aggregate_metric_double"])
    func typesThatAreNotServed(type: String) {
        #expect(error(MappingError.self) { try mapping(properties: #"{"f":{"type":"\#(type)"}}"#) } == .unknownType(type, field: "f"))
    }

    @Test func parametersAreCheckedByType() {
        for (definition, expected) in [
            (#"{"type":"wildcard","index":true}"#, MappingError.unknownParameter(name: "index", field: "f", type: "wildcard")),
            (#"{"type":"token_count"}"#, .missingParameter(name: "analyzer", field: "f")),
            (#"{"type":"alias"}"#, .missingParameter(name: "path", field: "f")),
            (#"{"type":"search_as_you_type","max_shingle_size":5}"#, .parameterOutOfRange(name: "max_shingle_size", field: "f", value: 5, allowed: 2...4)),
            (#"{"type":"ip","null_value":"x"}"#, .malformedParameter(name: "null_value", field: "f", value: "x", expected: .address)),
        ] {
            #expect(error(MappingError.self) { try mapping(properties: #"{"f":\#(definition)}"#) } == expected)
        }
    }

    // MARK: One by one

    @Test func addressesAreFoundByBlocks() throws {
        #expect(try match("10.0.0.1", #"{"type":"ip"}"#) == .value(.term("00000000000000000000ffff0a000001")))
        guard case .range(.terms(let lower, let upper)) = try match("10.0.0.0/8", #"{"type":"ip"}"#) else { throw Unexpected() }
        #expect(lower?.term.hasSuffix("0a000000") == true && upper?.term.hasSuffix("0affffff") == true)
        #expect(throws: ValueError.notAnAddress("x")) { try match("x", #"{"type":"ip"}"#) }
        #expect(try cause(#"{"f":"x"}"#, #"{"f":{"type":"ip"}}"#) == .notAnAddress("x"))
        #expect(try parse(#"{"f":"x"}"#, mapping(properties: #"{"f":{"type":"ip","ignore_malformed":true}}"#)).fieldNames == ["_ignored"])
    }

    @Test func aConstantIsGivenByTheMappingOrTheFirstDocument() throws {
        let open = try mapping(properties: #"{"f":{"type":"constant_keyword"}}"#)
        let update = try #require(try parse(#"{"f":"x"}"#, open).mappingUpdate)
        let closed = try open.merging(update)
        #expect(closed == (try mapping(properties: #"{"f":{"type":"constant_keyword","value":"x"}}"#)))
        #expect(try parse(#"{"f":["x",null]}"#, closed).mappingUpdate == nil)
        #expect(try cause(#"{"f":"y"}"#, #"{"f":{"type":"constant_keyword","value":"x"}}"#) == .notTheConstant("y", constant: "x", field: "f"))
        #expect(thrownCase { try closed.merging(mapping(properties: #"{"f":{"type":"constant_keyword","value":"y"}}"#)) } == "parameterConflict")
        #expect(try match("x", #"{"type":"constant_keyword","value":"x"}"#) == .everything)
        #expect(try match("y", #"{"type":"constant_keyword","value":"x"}"#) == .nothing)
        #expect(try match("x", #"{"type":"constant_keyword"}"#) == .nothing)
    }

    @Test func flattenedObjectsAreKeywordsByKey() throws {
        let mapping = try mapping(properties: #"{"f":{"type":"flattened","null_value":"none","ignore_above":5}}"#)
        let document = try parse(#"{"f":{"a":{"b":[1,true]},"c":null,"d":"longer than"}}"#, mapping)
        #expect(document.values("f") == [.term("1"), .term("true"), .term("none")])
        #expect(document.values("f._keyed") == [.term("a.b\u{0}1"), .term("a.b\u{0}true"), .term("c\u{0}none")])
        #expect(document.fieldNames == ["_ignored", "f"])
        #expect(try cause(#"{"f":{"a\u0000b":1}}"#, #"{"f":{"type":"flattened"}}"#) == .reservedCharacter(key: "a\0b"))
        #expect(mapping.field("f.any.key") != nil && mapping.field("g.key") == nil)
        #expect(throws: ValueError.openRangeOfKey) {
            try #require(mapping.field("f.k")).match(
                from: ScalarBound(.string("a"), isInclusive: true), to: nil, relation: .intersects, dates: DateContext(now: 0))
        }
        #expect(try cause(#"{"f":{"a":{"b":{"c":1}}}}"#, #"{"f":{"type":"flattened","depth_limit":1}}"#) == .tooDeep(limit: 1, field: "f"))
        #expect(try cause(#"{"f":"text"}"#, #"{"f":{"type":"flattened"}}"#) == .notAnObject)
    }

    /// Keys come from documents: however many there are, the index has two fields.
    @Test func aThousandKeysAreTwoFields() throws {
        let mapping = try mapping(properties: #"{"f":{"type":"flattened"}}"#)
        let keys = (0..<1000).map { #""k\#($0)":\#($0)"# }.joined(separator: ",")
        let document = try parse(#"{"f":{\#(keys)}}"#, mapping)
        #expect(Set(document.values.map(\.field)).union(document.fieldNames) == ["f", "f._keyed"])
        #expect(document.values.count == 2000)
    }

    @Test func nanosecondsOfDates() throws {
        let mapping = try mapping(properties: #"{"f":{"type":"date_nanos"}}"#)
        #expect(try parse(#"{"f":["2018-10-29T12:12:12.123456789Z",1.5]}"#, mapping).values("f") == [.long(1_540_815_132_123_456_789), .long(1_500_000)])
        #expect(try cause(#"{"f":"1969-12-31"}"#, #"{"f":{"type":"date_nanos"}}"#) == .beforeNanoseconds("1969-12-31"))
        #expect(try cause(#"{"f":"2263-01-01"}"#, #"{"f":{"type":"date_nanos"}}"#) == .afterNanoseconds("2263-01-01"))
        #expect(try match("2020-01-01", #"{"type":"date_nanos"}"#) == .range(.longs(1_577_836_800_000_000_000...1_577_923_199_999_999_999)))
        let format = try #require(DateFormat("strict_date_optional_time_nanos"))
        #expect(format.string(nanoseconds: 1_540_815_132_123_456_000) == "2018-10-29T12:12:12.123456Z")
        #expect(format.string(nanoseconds: -1) == "1969-12-31T23:59:59.999999999Z")
        #expect(DateFormat("strict_date_optional_time")?.string(nanoseconds: 1_540_815_132_123_456_000) == "2018-10-29T12:12:12.123Z")
        #expect(DateFormat("epoch_millis")?.string(nanoseconds: 1_540_815_132_123_456_780) == "1540815132123.45678")
        #expect(DateFormat("epoch_second")?.string(nanoseconds: 1_500_000_000) == "1.5")
    }

    @Test func wordsInARowAndTheirBeginnings() throws {
        let mapping = try mapping(properties: #"{"f":{"type":"search_as_you_type"}}"#)
        let document = try parse(#"{"f":"Quick brown fox"}"#, mapping)
        #expect(document.values("f") == [.term("quick"), .term("brown"), .term("fox")])
        #expect(document.values("f._2gram") == [.term("quick brown"), .term("brown fox")])
        #expect(document.values("f._3gram") == [.term("quick brown fox")])
        let beginnings = document.values("f._index_prefix")
        for text in ["q", "quick b", "brown fo", "fox"] { #expect(beginnings.contains(.term(text)), "\(text)") }
        #expect(!beginnings.contains(.term("rown")))
        #expect(mapping.fields.map(\.path) == ["f", "f._2gram", "f._3gram", "f._index_prefix"])
    }

    @Test func wordsAreCounted() throws {
        let mapping = try mapping(properties: #"{"t":{"type":"text","fields":{"n":{"type":"token_count","analyzer":"standard"}}}}"#)
        #expect(try parse(#"{"t":["one two",""]}"#, mapping).values("t.n") == [.long(2), .long(0)])
    }

    @Test func featuresArePositive() throws {
        let properties = #"{"r":{"type":"rank_feature"},"n":{"type":"rank_feature","positive_score_impact":false},"s":{"type":"sparse_vector"},"m":{"type":"rank_features"}}"#
        let document = try parse(#"{"r":"8","n":4,"s":[{"a":1},{"a":2,"b":3}],"m":{"x.y":5}}"#, mapping(properties: properties))
        #expect(
            document.features.map { "\($0.field) \($0.name) \($0.weight)" }.sorted()
                == ["m x.y 5.0", "n _ 0.25", "r _ 8.0", "s a 2.0", "s b 3.0"])
        #expect(try cause(#"{"r":-1}"#, properties) == .featureNotPositive(-1, field: "r"))
        #expect(try cause(#"{"r":[1,2]}"#, properties) == .severalFeatures(type: "rank_feature", field: "r", feature: nil))
        #expect(try cause(#"{"s":{"a.b":1}}"#, properties) == .dottedFeature("a.b", type: "sparse_vector"))
        #expect(try cause(#"{"m":3}"#, properties) == .notFeatures(type: "rank_features"))
        #expect(FeatureWeight.decode(FeatureWeight.encode(6)) == 6)
    }

    @Test(arguments: [
        ("integer_range", #"{"gte":10,"lt":20}"#, ["10", "19"], ["9", "20"]), ("long_range", #"{"lte":-5}"#, ["-5", "-9999999"], ["-4"]),
        ("double_range", #"{"gt":1.5}"#, ["1.6", "1e300"], ["1.5", "-2"]), ("float_range", #"{"gte":-2,"lte":-1}"#, ["-1.5"], ["-0.5", "1.5"]),
        ("date_range", #"{"gte":"2020-01-01","lt":"2020-02-01"}"#, ["2020-01-31T23:59:59.999Z"], ["2020-02-01", "2019-12-31"]),
        ("ip_range", #""10.0.0.0/8""#, ["10.255.0.1"], ["11.0.0.0", "::1"]),
    ])
    func spansHoldWhatLiesWithin(type: String, span: String, inside: [String], outside: [String]) throws {
        let definition = #"{"type":"\#(type)"}"#
        let document = try parse(#"{"f":\#(span)}"#, mapping(properties: #"{"f":\#(definition)}"#))
        guard case .term(let term)? = document.values("f").first else { throw Unexpected() }
        for (texts, expected) in [(inside, true), (outside, false)] {
            for text in texts {
                guard case .spans(let spans) = try match(text, definition) else { throw Unexpected() }
                #expect(spans.matches(term) == expected, "\(text)")
            }
        }
    }

    @Test func relationsOfSpans() {
        func spans(_ lower: String, _ upper: String, _ relation: SpanRelation) -> Bool {
            SpanMatch(lower: lower, upper: upper, relation: relation).matches("36")
        }
        #expect(spans("1", "3", .intersects) && spans("6", "9", .intersects) && !spans("1", "2", .intersects) && !spans("7", "9", .intersects))
        #expect(spans("3", "6", .within) && spans("1", "9", .within) && !spans("4", "9", .within))
        #expect(spans("3", "6", .contains) && spans("4", "5", .contains) && !spans("2", "5", .contains))
    }

    @Test func aliasesStandForTheirTargets() throws {
        let mapping = try mapping(properties: #"{"a":{"type":"keyword"},"o":{"properties":{"n":{"type":"alias","path":"a"}}}}"#)
        #expect(mapping.field("o.n")?.type.name == "keyword" && mapping.target(of: "o.n") == "a")
        #expect(error(DocumentParsingError.self) { try parse(#"{"o":{"n":"x"}}"#, mapping) } == .valueForAlias(field: "o.n"))
        for (path, problem) in [("nothing", MappingError.AliasProblem.missingTarget), ("f", .itself), ("g", .targetIsAlias)] {
            #expect(
                error(MappingError.self) {
                    try Mapping(
                        decoding: JSONDocument(
                            parsing: #"{"properties":{"a":{"type":"long"},"g":{"type":"alias","path":"a"},"f":{"type":"alias","path":"\#(path)"}}}"#
                        ).root)
                } == .invalidAlias(path: path, field: "f", problem: problem))
        }
    }

    @Test func binaryIsBase64() throws {
        let properties = #"{"f":{"type":"binary","doc_values":true},"g":{"type":"binary"}}"#
        #expect(try parse(#"{"f":"U29t\nZQ==","g":"AAA"}"#, mapping(properties: properties)).fieldNames == ["f"])
        for text in ["x", "a b c", "====", "AAAA="] { #expect(try cause(#"{"g":"\#(text)"}"#, properties) == .notBase64, "\(text)") }
    }

    @Test func copiesAndFieldsOfMultiFields() throws {
        let mapping = try mapping(
            properties: #"{"k":{"type":"keyword","copy_to":"ip","fields":{"v":{"type":"version"},"w":{"type":"wildcard"}}},"ip":{"type":"ip"}}"#)
        let document = try parse(#"{"k":"1.2.3.4"}"#, mapping)
        #expect(document.values("ip") == [.term("00000000000000000000ffff01020304")] && document.values("k.w") == [.term("1.2.3.4")])
        #expect(document.values("k.v").count == 1)
        let source = try JSONDocument(parsing: #"{"k":"1.2.3.4"}"#).root
        let fields = FieldsExtraction([.init(pattern: "*")], mapping: mapping).extract(from: source)
        #expect(JSONValue.object(fields).text == #"{"k":["1.2.3.4"],"k.v":["1.2.3.4"],"k.w":["1.2.3.4"]}"#)
    }

    private struct Unexpected: Error {}
}
