import JSON
import Mapping
import Testing

struct UnmappedExtractionTests {
    @Test(arguments: [
        (["*"], #"{"f1.a":["b"],"f1":[1,2,3,"some text",null],"o.x":[1]}"#), (["o*"], #"{"o.x":[1]}"#), (["k", "zz"], "{}"),
    ])
    func innerListsComeFirst(_ patterns: [String], _ expected: String) throws {
        let mapping = try mapping(properties: #"{"k":{"type":"keyword"},"f1":{"type":"object","enabled":false}}"#)
        let source = #"{"k":"a","f1":["some text",{"a":"b"},[1,2,3],null],"o":{"x":1,"n":null}}"#
        let found = UnmappedExtraction(patterns, mapping: mapping).extract(from: try JSONDocument(parsing: source).root)
        #expect(JSONValue.object(found).text == expected)
    }
}
