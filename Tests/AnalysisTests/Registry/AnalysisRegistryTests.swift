import Testing

@testable import Analysis

struct AnalysisRegistryTests {
    @Test func readsAnalyzers() throws {
        let registry = try AnalysisRegistry(settings: [
            "analyzer.mine.type": .string("custom"), "analyzer.mine.tokenizer": .string("cut"), "analyzer.mine.filter": .strings(["lowercase", "few"]),
            "analyzer.mine.char_filter": .string("html_strip"), "tokenizer.cut.type": .string("whitespace"), "filter.few.type": .string("stop"),
            "filter.few.stopwords": .strings(["foo"]), "analyzer.default.type": .string("simple"), "analyzer.default_search.type": .string("keyword"),
            "analyzer.std.type": .string("standard"), "analyzer.std.stopwords": .string("_english_"), "analyzer.std.max_token_length": .string("5"),
            "normalizer.n.filter": .string("lowercase,asciifolding"), "analyzer.mine.position_increment_gap": .string("7"),
        ])
        #expect(try registry.analyzer("mine")?.tokens(of: "<b>FOO</b> Bar").terms == ["bar"])
        #expect(registry.analyzer("mine")?.positionIncrementGap == 7)
        #expect(try registry.analyzer("std")?.tokens(of: "The jumped").terms == ["jumpe", "d"])
        #expect(registry.defaultAnalyzer.name == "default")
        #expect(registry.defaultSearchAnalyzer?.name == "default_search")
        #expect(registry.defaultSearchQuoteAnalyzer == nil)
        #expect(try registry.normalizer("n")?.normalized("ÀB c") == "ab c")
        #expect(try AnalysisRegistry.standard.normalizer("lowercase")?.normalized("ÀB") == "àb")
        #expect(registry.analyzer("nope") == nil)
        #expect(registry.analyzer("english")?.name == "english")
        #expect(registry != AnalysisRegistry.standard)
        #expect(AnalysisRegistry.standard.defaultAnalyzer.name == "standard")
    }

    @Test(arguments: [
        (["analyzer.a.type": "nope"], AnalysisError.unknownType(.analyzer, type: "nope", name: "a")),
        (["analyzer.a.filter": "lowercase"], .missingType(.analyzer, name: "a")),
        (["analyzer.a.type": "custom"], .missingTokenizer(analyzer: "a")),
        (["analyzer.a.tokenizer": "nope"], .unknownComponent(.tokenizer, name: "nope", of: .analyzer, owner: "a")),
        (["analyzer.a.tokenizer": "keyword", "analyzer.a.filter": "x"], .unknownComponent(.filter, name: "x", of: .analyzer, owner: "a")),
        (
            ["analyzer.a.tokenizer": "keyword", "analyzer.a.char_filter": "x"],
            .unknownComponent(.charFilter, name: "x", of: .analyzer, owner: "a")
        ),
        (["analyzer._a.type": "keyword"], .reservedName("_a")), (["filter.f.type": "nope"], .unknownType(.filter, type: "nope", name: "f")),
        (["filter.f.x": "y"], .missingType(.filter, name: "f")), (["tokenizer.t.type": "nope"], .unknownType(.tokenizer, type: "nope", name: "t")),
        (["char_filter.c.type": "nope"], .unknownType(.charFilter, type: "nope", name: "c")),
        (["normalizer.n.filter": "stop"], .notForNormalizers(.filter, name: "stop", normalizer: "n")),
        (["normalizer.n.char_filter": "html_strip"], .notForNormalizers(.charFilter, name: "html_strip", normalizer: "n")),
        (["normalizer.n.filter": "nope"], .unknownComponent(.filter, name: "nope", of: .normalizer, owner: "n")),
        (["normalizer.n.tokenizer": "keyword"], .normalizerWithTokenizer("n")),
        (["filter.f.type": "stop", "filter.f.stopwords_path": "x"], .filesNotSupported(setting: "stopwords_path")),
        (["filter.f.type": "limit", "filter.f.max_token_count": "x"], .malformedSetting(component: "f", setting: "max_token_count", value: "x")),
    ])
    func refuses(settings: [String: String], error: AnalysisError) {
        #expect(throws: error) { try AnalysisRegistry(settings: settings.mapValues { .string($0) }) }
    }

    @Test func componentsOfRequests() {
        #expect(throws: AnalysisError.notFound(.tokenizer, name: "x", isGlobal: true)) { try analyzer(.name("x")) }
        #expect(throws: AnalysisError.notFound(.filter, name: "x", isGlobal: true)) { try analyzer(.name("keyword"), [.name("x")]) }
        #expect(throws: AnalysisError.notFound(.charFilter, name: "x", isGlobal: true)) { try analyzer(.name("keyword"), charFilters: [described("x")]) }
        #expect(throws: AnalysisError.anonymousWithoutType(.filter)) { try analyzer(.name("keyword"), [.definition([:])]) }
    }

    @Test func explainsEveryStep() throws {
        let explanation = try analyzer(.name("standard"), [.name("lowercase"), .name("stop")], charFilters: [.name("html_strip")])
            .explanation(of: "The <b>Fox</b>")
        #expect(explanation.charFilters.map(\.text) == ["The Fox"])
        #expect(explanation.tokenizer.stream.terms == ["The", "Fox"])
        #expect(explanation.filters.map(\.name) == ["lowercase", "stop"])
        #expect(explanation.filters.map(\.stream.terms) == [["the", "fox"], ["fox"]])
    }
}
