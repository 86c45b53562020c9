/// Chooses between a walk of the graph and comparing every accepted vector, by what each is predicted to cost.
///
/// A walk that keeps `candidates` accepted nodes must keep `candidates` / ρ nodes in all, ρ being the share that is
/// accepted, and compares a number of vectors nearly proportional to that. A comparison on a walk costs more than
/// one in a scan, whose next rows are known in advance.
struct SearchStrategyChoice: Equatable {
    /// Vectors compared for each node kept, on a level-0 degree of 32 and real sentence vectors.
    static let visitsPerCandidate = 14.0
    /// Cost of a comparison on a walk, in comparisons of a scan.
    static let walkCost = 2.0

    let strategy: VectorSearchResult.Strategy
    let predicted: VectorSearchResult.PredictedCosts
    /// A walk that compares more than this gives up: together with the scan that follows, it costs at most twice
    /// what the scan alone would have.
    let budget: Int

    init(members: Int, accepted: Int, candidates: Int) {
        let share = min(1, Double(accepted) / Double(max(1, members)))
        let kept = min(Double(members), Double(candidates) / max(share, .leastNormalMagnitude))
        predicted = VectorSearchResult.PredictedCosts(
            graph: min(Double(members), kept * Self.visitsPerCandidate) * Self.walkCost, exact: Double(accepted))
        strategy = predicted.exact <= predicted.graph ? .exact : .graph
        budget = max(1000, Int(Double(accepted) / Self.walkCost))
    }
}
