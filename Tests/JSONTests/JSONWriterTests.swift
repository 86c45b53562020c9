import JSON
import Testing

@Suite struct JSONWriterTests {
    private func text(_ value: JSONValue, pretty: Bool = false) -> String {
        String(decoding: value.serialized(pretty: pretty), as: UTF8.self)
    }

    @Test func compact() {
        #expect(text(["a": [1, 2.0, nil], "b": .raw(Array(#"{ "c":1}"#.utf8))]) == #"{"a":[1,2.0,null],"b":{ "c":1}}"#)
        #expect(text(.floats([0.1, 1])) == "[0.1,1.0]")
    }

    @Test func pretty() {
        let expected = """
            {
              "a" : [
                1
              ],
              "b" : { },
              "c" : {
                "d" : 2
              }
            }
            """
        #expect(text(["a": [1], "b": [:], "c": .raw(Array(#"{"d":2}"#.utf8))], pretty: true) == expected)
    }

    @Test func escapes() {
        #expect(text("\"\\\n\r\t\u{1F}/é") == #""\"\\\n\r\t\u001f/é""#)
    }

    @Test func numbersThatJSONHasNotAreNull() {
        #expect(text(.array([.double(.nan), .float(.infinity)])) == "[null,null]")
    }

    @Test(arguments: [Float(0.1), 1e-7, 3.4028235e38, -0, 123456.79, .leastNonzeroMagnitude])
    func floatsReadBackExactly(_ value: Float) throws {
        let read = try JSONDocument(parsing: JSONValue.float(value).serialized()).root.double
        #expect(read.map { Float($0) } == value)
    }
}
