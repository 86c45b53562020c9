import Testing

@testable import VectorIndex

@Suite struct SearchStrategyChoiceTests {
    @Test(arguments: [
        (100_000, 100_000, VectorSearchResult.Strategy.graph), (100_000, 50_000, .graph), (100_000, 1000, .exact),
        (1_000_000, 10_000, .exact), (1_000_000, 500_000, .graph), (500, 500, .exact), (0, 0, .exact), (10, 0, .exact),
    ])
    func choosesTheCheaper(members: Int, accepted: Int, strategy: VectorSearchResult.Strategy) {
        let choice = SearchStrategyChoice(
            members: members, accepted: accepted, ef: 100, k: 10, costs: .growing(rowBytes: 1600, codeBytes: 384))
        #expect(choice.strategy == strategy)
    }

    /// Where rows are hardly longer than codes, a scan is cheaper for longer.
    @Test func shortRowsAreScanned() {
        for (rowBytes, strategy) in [(3136, VectorSearchResult.Strategy.graph), (72, .exact)] {
            let choice = SearchStrategyChoice(
                members: 10_000, accepted: 5000, ef: 50, k: 10, costs: .growing(rowBytes: rowBytes, codeBytes: 64))
            #expect(choice.strategy == strategy)
        }
    }

    @Test func budgetIsBoundByTheScan() {
        let choice = SearchStrategyChoice(
            members: 1_000_000, accepted: 600_000, ef: 100, k: 10, costs: .growing(rowBytes: 1600, codeBytes: 384))
        #expect((500_000...700_000).contains(choice.budget))
    }

    /// A walk keeps enough for the answer, and not so many that it costs several searches without a filter.
    @Test(arguments: [(100_000, 100), (50_000, 140), (10_000, 250)])
    func aWalkIsBound(accepted: Int, most: Int) {
        let costs: [SearchStrategyChoice.Costs] = [
            .growing(rowBytes: 1600, codeBytes: 384), .sealed(rowBytes: 1600, sketchBytes: 64),
        ]
        for cost in costs {
            #expect(SearchStrategyChoice(members: 100_000, accepted: accepted, ef: 100, k: 10, costs: cost).most == most)
        }
    }
}
