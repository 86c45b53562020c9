import JSON
import Testing

@testable import Scripts

@Suite struct ProcessorFunctionTests {
    private func result(_ call: String, _ text: JSONValue) throws -> JSONValue? {
        try IngestScript(Script("ctx.r = " + call)).run(["s": text])["r"]
    }

    @Test func processorsAreFunctions() throws {
        #expect(try result("Processors.bytes(ctx.s)", "1.5kb") == 1536)
        #expect(try result("Processors.lowercase(ctx.s) + Processors.uppercase(ctx.s)", "aB") == "abAB")
        #expect(try result("Processors.urlDecode(ctx.s)", "a%20b+c") == "a b c")
        #expect(try result("Processors.json(ctx.s)", #"{"a":[1,"x"]}"#) == ["a": [1, "x"]])
        #expect(try IngestScript(Script("Processors.json(ctx, 's')")).run(["s": #"{"a":1}"#]) == ["s": #"{"a":1}"#, "a": 1])
        #expect(throws: ScriptError.self) { try result("Processors.bytes(ctx.s)", "12") }
        #expect(throws: ScriptError.self) { try result("Processors.json(ctx.s)", "{") }
        #expect(throws: ScriptError.self) { try result("Processors.zz(ctx.s)", "x") }
    }
}
