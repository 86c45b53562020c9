import JSON
import Testing

@Suite struct JSONValueTests {
    @Test func literalsBuildTrees() {
        let value: JSONValue = ["a": [1, 2.5, "x", true, nil], "b": [:]]
        #expect(value["a"]?.array == [.int(1), .double(2.5), .string("x"), .bool(true), .null])
        #expect(value["b"]?.object?.isEmpty == true)
        #expect(value["c"] == nil)
        #expect(value.string == nil)
    }

    @Test func readBackIsTheSame() throws {
        let value: JSONValue = ["a": [1, -2.5, "é\"\\\u{1}", false, nil, ["deep": [[]]]], "z": .unsigned(.max)]
        #expect(JSONValue(try JSONDocument(parsing: value.serialized()).root) == value)
    }

    @Test func membersReplaceAppendAndRemove() {
        var members: JSONMembers = ["a": 1, "b": 2]
        members["a"] = 3
        members["c"] = 4
        members["b"] = nil
        #expect(members.map(\.key) == ["a", "c"])
        #expect(members["a"] == 3)
        #expect(members.count == 2)
    }
}
