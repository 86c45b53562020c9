/// Chooses between a walk of the graph and comparing every accepted vector, by what each is predicted to cost.
///
/// A walk that keeps `ef` accepted nodes must keep `ef` / ρ nodes in all, ρ being the share that is accepted. To stay near
/// the cost of a search without a filter, fewer accepted ones are kept then, as long as they are enough for the answer.
struct SearchStrategyChoice: Equatable {
    /// What is compared, and what a comparison takes: nanoseconds, and counts of comparisons, measured over 100,000 real
    /// sentence vectors on Zen 4.
    struct Costs: Equatable {
        /// Comparisons on the way to the query's surroundings, and then for each node kept.
        let visitsToArrive: Double
        let visitsPerCandidate: Double
        /// A comparison on a walk, with all that belongs to it.
        let visit: Double
        /// A comparison of codes or sketches in a scan, and what such a scan takes besides.
        let code: Double
        let codeScan: Double
        /// Bytes of a raw vector.
        let rowBytes: Double

        /// A comparison of rows in a scan. Those that follow one another are read at 26 GB/s, single ones at 15 GB/s.
        func row(isDense: Bool) -> Double { isDense ? 5 + rowBytes / 26 : 15 + rowBytes / 15 }

        /// - Parameter codeBytes: of a code.
        static func growing(rowBytes: Int, codeBytes: Int) -> Costs {
            Costs(
                visitsToArrive: 250, visitsPerCandidate: 15, visit: 15 + Double(codeBytes) / 20,
                code: 10 + Double(codeBytes) / 20, codeScan: 5000, rowBytes: Double(rowBytes))
        }

        static func sealed(rowBytes: Int, sketchBytes: Int) -> Costs {
            Costs(
                visitsToArrive: 480, visitsPerCandidate: 22, visit: 16 + Double(sketchBytes) / 12,
                code: 5 + Double(sketchBytes) / 16, codeScan: 12_000, rowBytes: Double(rowBytes))
        }
    }

    /// How much more than without a filter a walk keeps.
    private static let allowance = 1.2
    /// Accepted nodes that are enough for the answer, times k: of so many near ones, the walk knows the k nearest.
    private static let sufficiency = 1.4
    /// How many times the nodes that should hold enough accepted ones a walk keeps before it gives up.
    private static let patience = 3.0

    let strategy: VectorSearchResult.Strategy
    let bounds: WalkBounds
    /// Accepted nodes below which a walk has failed.
    let sufficient: Int
    /// A growing part's walk that compares more codes than this gives up: together with the scan that follows, it costs at
    /// most twice what the scan alone would have.
    let budget: Int
    let predicted: VectorSearchResult.PredictedCosts

    init(members: Int, accepted: Int, ef: Int, k: Int, costs: Costs) {
        let share = min(1, Double(accepted) / Double(max(1, members)))
        var bounds = WalkBounds(ef)
        if share < 1 {
            bounds.enough = min(accepted, ef, Int((Double(k) * Self.sufficiency).rounded(.up)))
            let holding = min(Double(members), Double(bounds.enough) / max(share, .leastNormalMagnitude))
            bounds.most = max(ef, Int(min(Double(ef) / max(share, .leastNormalMagnitude), Double(ef) * Self.allowance)))
            bounds.limit = max(bounds.most, Int(min(Double(members), holding * Self.patience)))
            sufficient = min(accepted, ef, k)
        } else {
            sufficient = 0
        }
        let kept = max(Double(bounds.most), Double(bounds.enough) / max(share, .leastNormalMagnitude))
        let visits = min(Double(members), costs.visitsToArrive + kept * costs.visitsPerCandidate)
        let walk = visits * costs.visit
        let rows = Double(accepted) * costs.row(isDense: share >= 0.5)
        let codes = costs.codeScan + Double(accepted) * costs.code
        predicted = VectorSearchResult.PredictedCosts(graph: walk, exact: min(rows, codes))
        strategy = walk < min(rows, codes) ? .graph : rows <= codes ? .exact : .codes
        self.bounds = bounds
        budget = max(1000, Int(min(rows, codes) / costs.visit))
    }
}
