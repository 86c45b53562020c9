import Analysis
import JSON
import Mapping
import Testing
import TestSupport

@testable import Indices

struct AnalyzeTests {
    private static let settings = #"""
        {"analysis":{"analyzer":{"mine":{"tokenizer":"standard","filter":["lowercase","few"],"char_filter":"html_strip"}},
        "filter.few":{"type":"stop","stopwords":["foo"]},"normalizer":{"n":{"filter":["uppercase"]}}},
        "analyze.max_token_count":"3"}
        """#

    private func request(_ texts: [String] = [], _ change: (inout AnalyzeRequest) -> Void = { _ in }) -> AnalyzeRequest {
        var request = AnalyzeRequest()
        request.texts = texts
        change(&request)
        return request
    }

    private func terms(_ result: AnalyzeResult) -> [String] {
        if case .tokens(let tokens) = result { tokens.map(\.term) } else { [] }
    }

    @Test func settingsOfAnalysisAreKeptAndReadAgain() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: #"{"properties":{"t":{"type":"text","analyzer":"mine"}}}"#, settings: Self.settings)
        for _ in 0..<2 {
            let metadata = try #require(try node.registry.metadata(.init(["a"])).first)
            #expect(metadata.settings.given["index.analysis.analyzer.mine.filter"] == .strings(["lowercase", "few"]))
            #expect(metadata.settings.given["index.analysis.filter.few.type"] == "stop")
            #expect(terms(try node.registry.analyze(request(["<b>FOO</b> Bar"]) { $0.field = "t" }, index: "a")) == ["bar"])
            #expect(terms(try node.registry.analyze(request(["x"]) { $0.normalizer = "n" }, index: "a")) == ["X"])
            #expect(terms(try node.registry.analyze(request(["FOO x"]) { $0.analyzer = "mine" }, index: "a")) == ["x"])
            #expect(terms(try node.registry.analyze(request(["FOO x"]) { $0.filters = [.name("few")] }, index: "a")) == ["FOO x"])
            try await node.restart()
        }
    }

    @Test func refusesAnalyzersThatCannotBeMade() async throws {
        let node = try await TestNode()
        #expect(await thrownCase {
            try await node.createIndex("a", settings: #"{"analysis":{"analyzer":{"x":{"tokenizer":"nope"}}}}"#)
        } == "analysis.unknownComponent")
        #expect(await thrownCase {
            try await node.createIndex("a", mappings: #"{"properties":{"t":{"type":"text","analyzer":"mine"}}}"#)
        } == "mapping.unknownAnalyzer")
        #expect(!node.registry.exists(.init(["a"])))
    }

    @Test func mappingsThatComeLaterKnowTheAnalyzersToo() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", settings: Self.settings)
        let addition = try JSONDocument(parsing: #"{"properties":{"t":{"type":"text","analyzer":"mine"}}}"#)
        try node.registry.putMapping(try Mapping(decoding: addition.root, in: .unbound), on: .init(["a"]))
        #expect(terms(try node.registry.analyze(request(["FOO x"]) { $0.field = "t" }, index: "a")) == ["x"])
    }

    @Test func severalTextsAreOneAfterTheOther() async throws {
        let node = try await TestNode()
        let result = try node.registry.analyze(request(["a b", "c"]), index: nil)
        guard case .tokens(let tokens) = result else { return #expect(Bool(false)) }
        #expect(tokens.map(\.position) == [0, 1, 102])
        #expect(tokens.map(\.startOffset) == [0, 2, 4])
    }

    @Test func explainsWholesAndParts() async throws {
        let node = try await TestNode()
        let whole = try node.registry.analyze(request(["A"]) { $0.explains = true }, index: nil)
        guard case .analyzer("standard", let tokens, _) = whole else { return #expect(Bool(false)) }
        #expect(tokens.map(\.term) == ["a"])
        let parts = try node.registry.analyze(
            request(["A", "b"]) {
                $0.tokenizer = .name("whitespace")
                $0.filters = [.name("lowercase")]
                $0.explains = true
            }, index: nil)
        guard case .steps(let steps, _) = parts else { return #expect(Bool(false)) }
        #expect(steps.tokenizer.tokens.map(\.term) == ["A", "b"])
        #expect(steps.filters.map(\.name) == ["lowercase"])
        #expect(steps.filters.first?.tokens.map(\.term) == ["a", "b"])
    }

    @Test func refusesRequestsWithoutSense() async throws {
        let node = try await TestNode()
        try await node.createIndex("a", mappings: #"{"properties":{"n":{"type":"long"}}}"#, settings: Self.settings)
        func refuses(_ request: AnalyzeRequest, in index: String? = nil, _ expected: AnalyzeRequest.Problem) {
            #expect {
                try node.registry.analyze(request, index: index)
            } throws: { error in
                if case .analyzeRequest(let problem) = error as? IndicesError { problem == expected } else { false }
            }
        }
        refuses(request(), .invalid(["text is missing"]))
        refuses(request(["x"]) { $0.normalizer = "n" }, .invalid(["index is required if normalizer is specified"]))
        refuses(
            request(["x"]) { ($0.analyzer, $0.tokenizer) = ("standard", .name("keyword")) },
            .invalid(["cannot define extra components on a named analyzer"]))
        refuses(request(["x"]) { $0.analyzer = "mine" }, .unknownAnalyzer("mine", isGlobal: true))
        refuses(request(["x"]) { $0.analyzer = "kuromoji" }, in: "a", .unknownAnalyzer("kuromoji", isGlobal: false))
        refuses(request(["x"]) { $0.normalizer = "no" }, in: "a", .unknownNormalizer("no"))
        refuses(request(["x"]) { $0.field = "f" }, .fieldWithoutIndex)
        refuses(request(["x"]) { $0.field = "n" }, in: "a", .fieldNotAnalyzed("n"))
        refuses(request(["a b c d"]), in: "a", .tooManyTokens(limit: 3))
        refuses(request([String(repeating: "a ", count: 10_001)]), .tooManyTokens(limit: 10_000))
        #expect(thrownCase { try node.registry.analyze(request(["x"]), index: "none") } == "indexNotFound")
        #expect(thrownCase { try node.registry.analyze(request(["x"]) { $0.tokenizer = .name("no") }, index: nil) } == "analysis.notFound")
    }
}
