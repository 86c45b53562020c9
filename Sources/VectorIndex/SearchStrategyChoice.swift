/// Chooses between a walk of the graph and comparing every accepted vector, by what each is predicted to cost.
///
/// A walk that keeps `candidates` accepted nodes must keep `candidates` / ρ nodes in all, ρ being the share that is
/// accepted, and compares a number of codes that rises linearly with it.
struct SearchStrategyChoice: Equatable {
    /// Codes compared on the way to the query's surroundings, and then for each node kept: on a level-0 degree of 32 and
    /// 100,000 real sentence vectors.
    static let visitsToArrive = 250.0
    static let visitsPerCandidate = 15.0

    let strategy: VectorSearchResult.Strategy
    let predicted: VectorSearchResult.PredictedCosts
    /// A walk that compares more codes than this gives up: together with the scan that follows, it costs at most twice
    /// what the scan alone would have.
    let budget: Int

    /// - Parameters:
    ///   - rowBytes: of a raw vector.
    ///   - codeBytes: of a code.
    init(members: Int, accepted: Int, candidates: Int, rowBytes: Int, codeBytes: Int) {
        let share = min(1, Double(accepted) / Double(max(1, members)))
        let kept = min(Double(members), Double(candidates) / max(share, .leastNormalMagnitude))
        let visits = min(Double(members), Self.visitsToArrive + kept * Self.visitsPerCandidate)
        let visit = Self.visitCost(codeBytes)
        predicted = VectorSearchResult.PredictedCosts(
            graph: visits * visit, exact: Double(accepted) * Self.rowCost(rowBytes, isDense: share >= 0.5))
        strategy = predicted.exact <= predicted.graph ? .exact : .graph
        budget = max(1000, Int(predicted.exact / visit))
    }

    /// Nanoseconds of a comparison in a scan. Rows that follow one another are read at 26 GB/s, single ones at 9 GB/s.
    private static func rowCost(_ bytes: Int, isDense: Bool) -> Double {
        isDense ? 5 + Double(bytes) / 26 : 30 + Double(bytes) / 9
    }

    /// Nanoseconds of a comparison on a walk, with all that belongs to it.
    private static func visitCost(_ bytes: Int) -> Double { 25 + Double(bytes) / 9 }
}
