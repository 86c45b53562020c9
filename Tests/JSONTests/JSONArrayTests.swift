import JSON
import Testing

@Suite struct JSONArrayTests {
    private func array(_ text: String) throws -> JSONArray { try #require(try JSONDocument(parsing: text).root.array) }

    @Test func elementsInOrder() throws {
        let array = try array(#"[[1,[2]],{"a":3},4,"5"]"#)
        #expect(array.count == 4)
        #expect(array.map(\.kind) == [.array, .object, .integer, .string])
        #expect(try self.array("[]").isEmpty)
        #expect(!array.isEmpty)
    }

    @Test func floatsOfAllNumbers() throws {
        #expect(try array("[1,-2,0.5,18446744073709551615]").floats() == [1, -2, 0.5, 0x1p64])
        #expect(try array("[]").floats() == [])
    }

    @Test(arguments: ["[1,\"2\"]", "[1,null]", "[[1]]", "[true]"])
    func floatsOfAnythingElse(_ text: String) throws {
        #expect(try array(text).floats() == nil)
    }
}
