import Testing

@testable import VectorIndex

@Suite struct SearchStrategyChoiceTests {
    @Test(arguments: [
        (100_000, 100_000, VectorSearchResult.Strategy.graph), (100_000, 50_000, .graph), (100_000, 1000, .codes),
        (1_000_000, 5000, .codes), (1_000_000, 500_000, .graph), (500, 500, .graph), (0, 0, .exact), (10, 0, .exact),
    ])
    func choosesTheCheaper(members: Int, accepted: Int, strategy: VectorSearchResult.Strategy) {
        let choice = SearchStrategyChoice(
            members: members, accepted: accepted, ef: 100, k: 10, costs: .growing(rowBytes: 1600, codeBytes: 384))
        #expect(choice.strategy == strategy)
    }

    /// Where rows are hardly longer than codes, a scan is cheaper for longer.
    @Test func shortRowsAreScanned() {
        for (rowBytes, strategy) in [(3136, VectorSearchResult.Strategy.graph), (24, .exact)] {
            let choice = SearchStrategyChoice(
                members: 10_000, accepted: 5000, ef: 100, k: 10, costs: .growing(rowBytes: rowBytes, codeBytes: 64))
            #expect(choice.strategy == strategy)
        }
    }

    @Test func budgetIsBoundByTheScan() {
        let choice = SearchStrategyChoice(
            members: 1_000_000, accepted: 600_000, ef: 100, k: 10, costs: .growing(rowBytes: 1600, codeBytes: 384))
        #expect((500_000...700_000).contains(choice.budget))
    }

    /// Sketches are compared faster than rows, so scans are for more.
    @Test(arguments: [
        (100_000, 100_000, 1600, VectorSearchResult.Strategy.graph), (100_000, 50_000, 1600, .graph),
        (100_000, 10_000, 1600, .graph), (100_000, 5000, 1600, .codes), (100_000, 1000, 1600, .codes), (1_000_000, 100_000, 1600, .graph),
        (1_000_000, 10_000, 1600, .codes), (100_000, 0, 1600, .exact), (0, 0, 1600, .exact), (800, 800, 24, .exact),
    ])
    func choosesTheCheaperOfThree(members: Int, accepted: Int, rowBytes: Int, strategy: VectorSearchResult.Strategy) {
        let choice = SearchStrategyChoice(
            members: members, accepted: accepted, ef: 100, k: 10, costs: .sealed(rowBytes: rowBytes, sketchBytes: 64))
        #expect(choice.strategy == strategy)
        #expect((choice.predicted.graph < choice.predicted.exact) == (strategy == .graph))
    }

    /// A filter makes a walk keep more in all, and fewer that pass, as long as they are enough for the answer.
    @Test func whatAWalkKeeps() {
        func choice(_ accepted: Int, ef: Int = 100) -> SearchStrategyChoice {
            SearchStrategyChoice(
                members: 100_000, accepted: accepted, ef: ef, k: 10, costs: .sealed(rowBytes: 1600, sketchBytes: 64))
        }
        #expect(choice(100_000).bounds == WalkBounds(100) && choice(100_000).sufficient == 0)
        let half = choice(50_000).bounds
        #expect(half.accepted == 100 && half.most == 120 && half.enough == 14 && half.limit == 120)
        #expect(choice(10_000).bounds.limit == 420 && choice(10_000).sufficient == 10)
        #expect(choice(10).bounds.limit <= 100_000 && choice(10).bounds.enough == 10 && choice(10).sufficient == 10)
        #expect(choice(0).bounds.limit <= 100_000 && choice(0).sufficient == 0)
        // More are accepted than there are, since not every document has a vector.
        #expect(choice(1_000_000) == choice(1_000_000) && choice(1_000_000).bounds == WalkBounds(100))
        #expect(choice(100_000, ef: 100_000).bounds == WalkBounds(100_000))
    }
}
