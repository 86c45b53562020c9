import Testing

@testable import VectorIndex

@Suite struct SearchStrategyChoiceTests {
    @Test(arguments: [
        (100_000, 100_000, VectorSearchResult.Strategy.graph), (100_000, 50_000, .graph), (100_000, 1000, .exact),
        (1_000_000, 10_000, .exact), (1_000_000, 500_000, .graph), (500, 500, .exact), (0, 0, .exact), (10, 0, .exact),
    ])
    func choosesTheCheaper(members: Int, accepted: Int, strategy: VectorSearchResult.Strategy) {
        #expect(SearchStrategyChoice(members: members, accepted: accepted, candidates: 100).strategy == strategy)
    }

    @Test func budgetIsBoundByTheScan() {
        #expect(SearchStrategyChoice(members: 1_000_000, accepted: 600_000, candidates: 100).budget == 300_000)
    }
}
