import JSON
import TestSupport
import Testing

@Suite struct JSONDocumentTests {
    @Test func readsEveryKind() throws {
        let document = try JSONDocument(parsing: #"{"a":[1,-2.5,"x\u00e9\n",true,null,18446744073709551615],"b":{}}"#)
        let object = try #require(document.root.object)
        let values = Array(try #require(object["a"]?.array))
        #expect(values.map(\.kind) == [.integer, .double, .string, .boolean, .null, .unsigned])
        #expect(object["b"]?.kind == .object)
    }

    @Test(arguments: ["1", "\"x\"", "null", "true", " [ ] "])
    func readsAnyRoot(_ text: String) throws {
        #expect(throws: Never.self) { try JSONDocument(parsing: text) }
    }

    @Test(arguments: [
        "{", "[1,]", "{\"a\" 1}", "nul", "\"\\x\"", "01", "[1] 2", "\u{FEFF}{}", "{\"a\":NaN}", "'a'", "[\"\n\"]", "1e999",
    ])
    func refusesWhatIsNotJSON(_ text: String) {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: text) }
    }

    @Test func refusesBytesThatAreNotUTF8() {
        #expect(throws: JSONError.self) { try JSONDocument(parsing: [UInt8(ascii: "\""), 0xC3, 0x28, UInt8(ascii: "\"")]) }
    }

    @Test func nothingIsItsOwnError() {
        #expect(throws: JSONError.empty) { try JSONDocument(parsing: "") }
        #expect(throws: JSONError.empty) { try JSONDocument(parsing: " \n") }
    }

    @Test func depthIsLimited() throws {
        let limit = JSONDocument.maximumDepth
        let nested = { (depth: Int) in String(repeating: "[", count: depth) + String(repeating: "]", count: depth) }
        #expect(throws: Never.self) { try JSONDocument(parsing: nested(limit - 1)) }
        #expect(throws: JSONError.tooDeep(limit: limit)) { try JSONDocument(parsing: nested(limit + 1)) }
    }

    @Test func largeInputUsesItsOwnParser() throws {
        let text = "[" + (0..<200_000).map(String.init).joined(separator: ",") + "]"
        let floats = try #require(try JSONDocument(parsing: text).root.array?.floats())
        #expect(floats.count == 200_000)
        #expect(floats.last == 199_999)
    }

    @Test func documentsOutliveTheNextParse() throws {
        let first = try JSONDocument(parsing: #"{"k":"first"}"#)
        _ = try JSONDocument(parsing: #"{"k":"second","more":[1,2,3]}"#)
        #expect(first.root.object?["k"]?.string == "first")
    }

    @Test func mutatedInputNeverCrashes() throws {
        var generator = SeededGenerator(seed: 7)
        let original = Array(#"{"knn":{"field":"v","query_vector":[0.1,-2e3,4],"k":5,"ü":"\ud83d\ude00"},"x":[[],{}]}"#.utf8)
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0...Int(generator.next() % 3) {
                bytes[Int(generator.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: generator.next())
            }
            bytes.removeLast(Int(generator.next() % 4))
            if let document = try? JSONDocument(parsing: bytes) { _ = JSONValue(document.root).serialized() }
        }
    }
}
