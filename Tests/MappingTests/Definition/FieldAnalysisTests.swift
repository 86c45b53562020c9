import Analysis
import JSON
import Mapping
import Testing

struct FieldAnalysisTests {
    private static func registry() throws -> AnalysisRegistry {
        try AnalysisRegistry(settings: [
            "analyzer.shout.tokenizer": .string("whitespace"), "analyzer.shout.filter": .string("uppercase"),
            "normalizer.plain.filter": .strings(["lowercase", "asciifolding"]),
        ])
    }

    private func bound(_ properties: String, _ registry: AnalysisRegistry) throws -> Mapping {
        let document = try JSONDocument(parsing: #"{"properties":\#(properties)}"#)
        return try Mapping(decoding: document.root, in: MappingEnvironment(analysis: registry))
    }

    private func terms(_ stream: TokenStream?) -> [String]? { stream?.map(\.term) }

    @Test func namesAreThoseOfTheIndex() throws {
        let mapping = try bound(
            #"{"t":{"type":"text","analyzer":"shout","search_analyzer":"english","search_quote_analyzer":"keyword"},"#
                + #""k":{"type":"keyword","normalizer":"plain","fields":{"t":{"type":"text","analyzer":"simple"}}},"d":{"type":"text"}}"#,
            try Self.registry())
        let field = try #require(mapping.field("t"))
        #expect(terms(try field.tokens(of: "running Dogs")) == ["RUNNING", "DOGS"])
        #expect(terms(try field.searchTokens(of: "running Dogs")) == ["run", "dog"])
        #expect(terms(try field.searchTokens(of: "running Dogs", isPhrase: true)) == ["running Dogs"])
        #expect(try mapping.field("k")?.normalized("Àb") == "ab")
        #expect(terms(try mapping.field("k.t")?.tokens(of: "A1b")) == ["a", "b"])
        #expect(terms(try mapping.field("d")?.tokens(of: "A b")) == ["a", "b"])
        #expect(mapping.field("d")?.positionIncrementGap == 100)
    }

    @Test func anIndexHasDefaults() throws {
        let registry = try AnalysisRegistry(settings: [
            "analyzer.default.type": .string("whitespace"), "analyzer.default_search.type": .string("keyword"),
        ])
        let mapping = try bound(#"{"a":{"type":"text"},"b":{"type":"text","analyzer":"standard"}}"#, registry)
        #expect(terms(try mapping.field("a")?.tokens(of: "A b")) == ["A", "b"])
        #expect(terms(try mapping.field("a")?.searchTokens(of: "A b")) == ["A b"])
        #expect(terms(try mapping.field("b")?.searchTokens(of: "A b")) == ["a", "b"])
    }

    @Test func unknownNamesAreRefusedWhenTheIndexIsKnown() throws {
        let document = try JSONDocument(parsing: #"{"properties":{"t":{"type":"text","analyzer":"shout"}}}"#)
        #expect(throws: MappingError.unknownAnalyzer("shout", field: "t")) { try Mapping(decoding: document.root) }
        let loose = try Mapping(decoding: document.root, in: .unbound)
        #expect(throws: MappingError.unknownAnalyzer("shout", field: "t")) { try Mapping().merging(loose) }
        let merged = try Mapping(analysis: try Self.registry()).merging(loose)
        #expect(terms(try merged.field("t")?.tokens(of: "a")) == ["A"])
        #expect(try loose.bound(to: MappingEnvironment(analysis: try Self.registry())) == merged)
    }

    @Test func theAnalyzerOfAFieldIsFixedAndThatOfSearchesIsNot() throws {
        let old = try mapping(properties: #"{"t":{"type":"text"}}"#)
        let changed = try mapping(properties: #"{"t":{"type":"text","analyzer":"english"}}"#)
        #expect(
            throws: MappingError.parameterConflict(
                field: "t", conflicts: [.init(parameter: "analyzer", old: "default", new: "english")])
        ) { try old.merging(changed) }
        let searching = try mapping(properties: #"{"t":{"type":"text","search_analyzer":"english"}}"#)
        #expect(terms(try old.merging(searching).field("t")?.searchTokens(of: "dogs")) == ["dog"])
    }

    @Test func documentsAreReadByThem() throws {
        let mapping = try bound(
            #"{"t":{"type":"text","analyzer":"shout"},"k":{"type":"keyword","normalizer":"plain"}}"#, try Self.registry())
        let parsed = try parse(#"{"t":"b a b","k":["ÀB","c"]}"#, mapping)
        #expect(parsed.values("t") == [.term("B"), .term("A"), .term("B")])
        #expect(parsed.values("k") == [.term("ab"), .term("c")])
        #expect(try mapping.field("k")?.term(.string("ÀB"), dates: DateContext(now: 0)) == .term("ab"))
        let dynamic = try parse(#"{"new":"A b"}"#, Mapping(analysis: try AnalysisRegistry(settings: ["analyzer.default.type": .string("keyword")])))
        #expect(dynamic.values("new") == [.term("A b")])
    }

    @Test func onlyTextsAreAnalysed() throws {
        let mapping = try bound(#"{"n":{"type":"long"},"k":{"type":"keyword"}}"#, .standard)
        #expect(mapping.field("n")?.analyzer == nil)
        #expect(mapping.field("k")?.analyzer?.name == "keyword")
    }
}
