/// Chooses between a walk of the graph and comparing every accepted vector, by what each is predicted to cost.
///
/// A walk that keeps `ef` accepted nodes must keep `ef` / ρ nodes in all, ρ being the share that is accepted. To stay near
/// the cost of a search without a filter, fewer accepted ones are kept then, as long as they are enough for the answer.
struct SearchStrategyChoice: Equatable {
    // Nanoseconds, measured over 100,000 vectors of 384 dimensions on Zen 4.
    /// A sketch on a walk, its share of codes and links included: fetched from anywhere.
    static let walkedSketch = 33.0
    /// A sketch in a scan.
    static let scannedSketch = 8.0
    /// A byte of a raw row in a scan.
    static let scannedByte = 0.1
    /// Sketches that a walk compares: at the start, and for each node kept.
    static let walkStart = 480.0, visitsPerCandidate = 22.0
    /// How much more than without a filter a walk may keep.
    static let allowance = 1.4
    /// Accepted ones that must be kept, times k.
    static let sufficiency = 2.5

    let strategy: VectorSearchResult.Strategy
    /// Accepted nodes that a walk keeps, and nodes in all.
    let ef: Int
    let most: Int
    /// Accepted nodes below which a walk has failed.
    let sufficient: Int
    /// A growing part's walk that compares more than this gives up.
    let budget: Int
    /// Predicted, in nanoseconds.
    let walkCost: Double
    let scanCost: Double

    init(members: Int, accepted: Int, ef: Int, k: Int, dimensions: Int, isSealed: Bool) {
        let share = min(1, Double(accepted) / Double(max(1, members)))
        let needed = min(Double(accepted), Double(ef), Double(k) * Self.sufficiency)
        var kept = Double(ef)
        if share < 1 {
            kept = min(Double(ef) / max(share, 1e-9), Double(ef) * Self.allowance)
            kept = min(Double(members), max(kept, needed / max(share, 1e-9)))
        }
        walkCost = (Self.walkStart + kept * Self.visitsPerCandidate) * Self.walkedSketch
        let exactCost = Double(accepted) * Double(dimensions * 4) * Self.scannedByte
        let sketchCost = isSealed ? Double(accepted) * (Self.scannedSketch + Double(dimensions) / 64) : exactCost
        scanCost = min(exactCost, sketchCost)
        strategy = walkCost < scanCost ? .graph : exactCost <= sketchCost ? .exact : .sketches
        self.ef = ef
        most = max(ef, Int(kept))
        sufficient = share < 1 ? Int(needed / 2) : 0
        budget = max(1000, accepted / 2)
    }
}
