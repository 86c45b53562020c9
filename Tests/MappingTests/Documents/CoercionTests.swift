import Testing

@testable import Mapping

/// `index.mapping.coerce`, which counts for fields that do not say.
struct CoercionTests {
    private func strict(_ properties: String) throws -> Mapping {
        var mapping = try mapping(properties: properties)
        mapping.environment.limits.coerces = false
        return mapping
    }

    @Test(arguments: [
        ("n", "\"5\"", false), ("n", "5.5", false), ("n", "5", true), ("own", "\"5\"", true), ("r", #"{"gte":"1"}"#, false),
        ("r", #"{"gte":1}"#, true), ("sub", "\"5\"", false), ("k", "5", true),
    ])
    func numbersInStringsAndDecimals(field: String, value: String, isTaken: Bool) throws {
        let properties = #"""
            {"n":{"type":"long"},"own":{"type":"integer","coerce":true},"r":{"type":"integer_range"},"k":{"type":"keyword"},
             "sub":{"type":"keyword","fields":{"n":{"type":"long"}}}}
            """#
        let document = #"{"\#(field)":\#(value)}"#
        _ = try parse(document, mapping(properties: properties))
        let strict = try strict(properties)
        #expect(((try? parse(document, strict)) != nil) == isTaken)
        // The mapping itself says nothing of it.
        #expect(!strict.encoded.text.contains(#""coerce":false"#))
    }

    /// A field that says what is the default anyway is shown so, and keeps it whatever the index says.
    @Test func whatAFieldSaysItselfCounts() throws {
        var mapping = try mapping(properties: #"{"n":{"type":"long","ignore_malformed":false,"coerce":true},"m":{"type":"long"}}"#)
        #expect(mapping.encoded.text.contains(#""ignore_malformed":false,"coerce":true"#), "\(mapping.encoded.text)")
        mapping.environment.limits.ignoresMalformed = true
        #expect(throws: DocumentParsingError.self) { try parse(#"{"n":"x"}"#, mapping) }
        #expect(try parse(#"{"m":"x"}"#, mapping).fieldNames == ["_ignored"])
    }
}
