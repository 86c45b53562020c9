import Testing

@testable import Mapping

@Suite struct AnalyzerTests {
    @Test(arguments: [
        (Analyzer.standard, ["the", "2", "quick", "quick", "o'neil's"]), (.simple, ["the", "quick", "quick", "o", "neil", "s"]),
        (.whitespace, ["The", "2", "QUICK-quick", "O'Neil's"]), (.keyword, ["The 2 QUICK-quick  O'Neil's"]),
    ])
    func cutsText(analyzer: Analyzer, expected: [String]) {
        #expect(analyzer.tokens(of: "The 2 QUICK-quick  O'Neil's").map(\.term) == expected)
    }
}
