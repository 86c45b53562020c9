import JSON
import Testing

@testable import Indices

@Suite struct SourceMergingTests {
    @Test(arguments: [
        (#"{"a":1}"#, #"{"b":2}"#, #"{"a":1,"b":2}"#, true),
        (#"{"a":1}"#, #"{"a":1}"#, #"{"a":1}"#, false),
        (#"{"a":1}"#, #"{"a":1.0}"#, #"{"a":1.0}"#, true),
        (#"{"o":{"x":1,"y":2}}"#, #"{"o":{"x":3}}"#, #"{"o":{"x":3,"y":2}}"#, true),
        (#"{"o":{"x":1,"y":2}}"#, #"{"o":{"x":1}}"#, #"{"o":{"x":1,"y":2}}"#, false),
        (#"{"o":{"x":1}}"#, #"{"o":[1]}"#, #"{"o":[1]}"#, true),
        (#"{"l":[{"x":1}]}"#, #"{"l":[{"y":1}]}"#, #"{"l":[{"y":1}]}"#, true),
        (#"{"a":1}"#, #"{"a":null}"#, #"{"a":null}"#, true),
        (#"{}"#, #"{}"#, #"{}"#, false),
        (#"{"a":1}"#, #"{"b":1,"b":2}"#, #"{"a":1,"b":2}"#, true),
    ])
    func merges(_ source: String, _ changes: String, _ expected: String, _ isChanged: Bool) throws {
        var value = JSONValue(try JSONDocument(parsing: source).root)
        let members = try #require(JSONValue(try JSONDocument(parsing: changes).root).object)
        #expect(value.merge(members) == isChanged)
        #expect(String(decoding: value.serialized(), as: UTF8.self) == expected)
    }
}
