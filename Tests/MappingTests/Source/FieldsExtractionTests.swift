import JSON
import Mapping
import Testing

struct FieldsExtractionTests {
    private func fields(_ patterns: [String], format: String? = nil) throws -> String {
        let mapping = try mapping(
            properties: """
                {"id":{"type":"keyword"},"text":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":5}}},
                 "long":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":5}}},"n":{"type":"integer"},"f":{"type":"float"},"b":{"type":"boolean"},"d":{"type":"date"},
                 "p":{"type":"geo_point"},"v":{"type":"dense_vector","dims":3},
                 "s":{"type":"scaled_float","scaling_factor":10},"u":{"type":"unsigned_long"},
                 "o":{"properties":{"x":{"type":"long"},"y":{"type":"keyword"}}}}
                """)
        let source = """
            {"id":"7","text":"a fox","long":"too long","n":["3",4.7],"f":0.1,"b":"true","d":1709209815123,"p":"48.5,9.25","v":[0.25,1,2],"s":1.26,
             "u":18446744073709551615,"o":[{"x":1},{"x":[2,3],"y":null}],"unmapped":1}
            """
        let requests = patterns.map { FieldsExtraction.Request(pattern: $0, format: format.flatMap { DateFormat($0) }) }
        let members = FieldsExtraction(requests, mapping: mapping).extract(from: try JSONDocument(parsing: source).root)
        return JSONValue.object(members).text
    }

    @Test(arguments: [
        (["id"], #"{"id":["7"]}"#), (["n", "f", "b"], #"{"n":[3,4],"f":[0.1],"b":[true]}"#),
        (["d"], #"{"d":["2024-02-29T12:30:15.123Z"]}"#), (["v"], #"{"v":[0.25,1.0,2.0]}"#),
        (["p"], #"{"p":[{"coordinates":[9.25,48.5],"type":"Point"}]}"#), (["text.raw"], #"{"text.raw":["a fox"]}"#),
        (["o.x"], #"{"o.x":[1,2,3]}"#), (["o.*"], #"{"o.x":[1,2,3]}"#),
        (["s", "u"], #"{"s":[1.3],"u":[18446744073709551615]}"#),
        (["unmapped", "nothing*"], "{}"), (["o.y", "long.raw"], "{}"),
        (["text*"], #"{"text":["a fox"],"text.raw":["a fox"]}"#),
    ])
    func valuesTakeTheirMappedForm(patterns: [String], expected: String) throws {
        #expect(try fields(patterns) == expected)
    }

    @Test func datesTakeTheRequestsFormat() throws {
        #expect(try fields(["d"], format: "yyyy-MM-dd") == #"{"d":["2024-02-29"]}"#)
        #expect(try fields(["d"], format: "epoch_millis") == #"{"d":["1709209815123"]}"#)
    }

    @Test func dottedKeysAreFollowed() throws {
        let mapping = try mapping(properties: #"{"a.b":{"type":"long"}}"#)
        let extraction = FieldsExtraction([.init(pattern: "a.b")], mapping: mapping)
        let source = try JSONDocument(parsing: #"{"a.b":1,"a":{"b":2}}"#)
        #expect(JSONValue.object(extraction.extract(from: source.root)).text == #"{"a.b":[1,2]}"#)
    }

    @Test func whatTheIndexLeftOut() throws {
        let mapping = try mapping(
            properties: """
                {"ip":{"type":"ip","ignore_malformed":true},"k":{"type":"keyword","ignore_above":5},"n":{"type":"long","ignore_malformed":true},
                 "t":{"type":"text"},"f":{"type":"flattened","ignore_above":10}}
                """)
        let source = #"{"ip":["1.2.3.4","garbage"],"k":"foobar","n":["x",3,null],"t":"a","f":{"v":["the quick brown fox","jumps over"],"l":"too long for it"}}"#
        var ignored = JSONMembers()
        let found = FieldsExtraction([.init(pattern: "*")], mapping: mapping)
            .extract(from: try JSONDocument(parsing: source).root, ignored: &ignored)
        #expect(JSONValue.object(found).text == #"{"f":[{"v":"jumps over"}],"ip":["1.2.3.4"],"n":[3],"t":["a"]}"#)
        #expect(JSONValue.object(ignored).text == #"{"ip":["garbage"],"k":["foobar"],"n":["x"]}"#)
    }
}
