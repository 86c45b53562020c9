import Testing

@testable import Indices

@Suite struct IndexExpressionTests {
    private let existing = ["logs-1", "logs-2", "pictures"]

    @Test(arguments: [
        ([], ["logs-1", "logs-2", "pictures"]),
        (["_all"], ["logs-1", "logs-2", "pictures"]),
        (["pictures", "logs-1"], ["pictures", "logs-1"]),
        (["logs-*"], ["logs-1", "logs-2"]),
        (["*", "-logs-*"], ["pictures"]),
        (["pictures", "p*"], ["pictures"]),
        (["absent-*"], []),
    ] as [([String], [String])])
    func resolves(_ patterns: [String], _ names: [String]) throws {
        #expect(try IndexExpression(patterns).resolve(among: existing) == names)
    }

    @Test func missingNamesAreRefusedUnlessIgnored() throws {
        #expect(throws: IndicesError.self) { try IndexExpression(["absent"]).resolve(among: existing) }
        let lenient = IndexExpression(["absent", "pictures"], ignoresUnavailable: true)
        #expect(try lenient.resolve(among: existing) == ["pictures"])
    }

    @Test func nothingIsRefusedIfAsked() {
        #expect(throws: IndicesError.self) {
            try IndexExpression(["absent-*"], allowsNone: false).resolve(among: existing)
        }
    }
}
