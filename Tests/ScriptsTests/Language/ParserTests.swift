import Testing

@testable import Scripts

@Suite struct ParserTests {
    @Test func faults() {
        let cases: [(String, ScriptFault)] = [
            ("1 +", .unexpectedToken(nil)), ("return ;1 +* 2", .unexpectedToken("*")), ("x + 1", .unknownSymbol("x")),
            ("int x = 1; int x = 2;", .duplicateVariable("x")), ("foo(1, 2)", .unknownCall(name: "foo", arguments: 2)),
            ("99999999999", .badNumber("99999999999", type: "int")), ("1 = 2", .notAssignable), ("'abc", .unexpectedCharacter("'abc")),
            ("#", .unexpectedCharacter("#")), ("new Foo()", .unknownType("Foo")), ("/* x", .unexpectedToken(nil)),
            ("if (true) { 1", .unexpectedToken(nil)), ("/(/", .badPattern("(")), ("{ int y = 1 } y", .unknownSymbol("y")),
            (String(repeating: "(", count: 200) + "1", .tooComplex), (String(repeating: "1+", count: 1000) + "1", .tooComplex),
            (String(repeating: "1;", count: 40_000), .tooComplex), (String(repeating: "{", count: 5000), .tooComplex),
            (String(repeating: "!", count: 5000) + "true", .tooComplex), (String(repeating: "[", count: 5000), .tooComplex),
        ]
        for (source, expected) in cases { #expect(fault(source) == expected, "\(source.prefix(40))") }
    }

    @Test func placesAreShown() throws {
        let error = try #require(throws: ScriptError.self) { try run("int x = 1;\nreturn x + yyyy") }
        #expect(error.phase == .compiling)
        #expect(error.offset == 22)
        #expect(error.excerpt == 0..<26)
        #expect(error.stack == ["int x = 1;\nreturn x + yyyy", String(repeating: " ", count: 22) + "^---- HERE"])
        let far = try #require(throws: ScriptError.self) {
            try run(String(repeating: " ", count: 50) + "yyyy" + String(repeating: " ", count: 50))
        }
        #expect(far.stack.first?.hasPrefix("... ") == true && far.stack.first?.hasSuffix(" ...") == true)
        #expect(far.excerpt == 25..<75)
    }

    @Test func runtimePlacesAreTheStatements() throws {
        let error = try #require(throws: ScriptError.self) { try run("int x = 1; return x / 0; ") }
        #expect(error.phase == .running)
        #expect(error.excerpt == 11..<24)
        #expect(error.offset == 20)
    }

    @Test func offsetsCountUTF16() throws {
        let error = try #require(throws: ScriptError.self) { try run("'🐕' + yyyy") }
        #expect(error.offset == 7)
    }
}
