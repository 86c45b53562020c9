internal import CVectorKernels
public import Ordinals
internal import VectorKernels

extension VectorIndex {
    /// The nearest vectors among those accepted, best first.
    ///
    /// - Parameters:
    ///   - k: how many hits at most.
    ///   - candidates: nodes that the walk keeps (HNSW's ef), at least `k`. More: slower, and more exact.
    ///   - accepting: what may be returned: live documents that pass the filter.
    ///   - similarity: a cut on the raw metric; see `Metric.passes(raw:similarity:)`.
    ///   - oversample: times `k`, how many candidates are compared exactly at least. A walk compares codes; without this,
    ///     as many candidates are compared again as the codes leave in doubt.
    /// - Throws: as `VectorIndexConfiguration.validate`; `invalidConfiguration` for `k` or `candidates` below 1.
    /// - Complexity: about O(candidates · log *n*) comparisons, or one for each accepted vector if that is cheaper.
    public func search(
        _ query: [Float], k: Int, candidates: Int, accepting: OrdinalSet, similarity: Float? = nil,
        oversample: Float? = nil
    ) throws(VectorIndexError) -> VectorSearchResult {
        try check(.k, k)
        try check(.candidates, candidates)
        let parts = currentParts
        let members = parts.count
        let ranked = Self.rankedCount(k: k, oversample: oversample, limit: members)
        let ef = min(max(candidates, k, ranked), members)
        let choice = SearchStrategyChoice(
            members: members, accepted: accepting.count, ef: ef, k: k, costs: costs(of: parts))
        if !configuration.hasGraph || choice.strategy == .exact {
            var found = try exactSearch(query, k: k, among: accepting, similarity: similarity)
            if configuration.hasGraph { found.predicted = choice.predicted }
            return found
        }
        let exact = try RowsQuery(nearest: query, configuration)
        return try contexts.withContext { context throws(VectorIndexError) in
            let wanted = min(k, accepting.count)
            var search = PartsSearch(
                query: exact.walkComponents(configuration), k: wanted, count: ranked, ef: ef, accepting: accepting,
                sealedCosts: sealedCosts,
                growingCosts: growingCosts)
            try search.run(over: parts, using: context)
            var nearest = rank(search.candidates, by: exact, k: wanted)
            if try search.runAgain(where: nearest.map(\.node), using: context) {
                nearest = rank(search.candidates, by: exact, k: wanted)
            }
            var compared = 0
            if !search.unsifted.isEmpty {
                let (scanned, visited) = scan(exact, k: wanted, among: search.unsifted)
                (nearest, compared) = (merge(nearest, scanned, k: wanted), visited)
            }
            if nearest.count >= wanted {
                return result(
                    nearest, similarity: similarity, visited: search.visited + compared, strategy: search.strategy,
                    choice.predicted)
            }
            let (neighbours, visited) = scan(exact, k: wanted, among: accepting)
            return result(
                neighbours, similarity: similarity, visited: search.visited + visited, strategy: .graphThenExact,
                choice.predicted)
        }
    }

    private func merge(_ a: [cvk_neighbour], _ b: [cvk_neighbour], k: Int) -> [cvk_neighbour] {
        Array((a + b).sorted { ($0.distance, $0.node) < ($1.distance, $1.node) }.prefix(k))
    }

    /// Those of the form that most vectors are in.
    private func costs(of parts: Parts) -> SearchStrategyChoice.Costs {
        parts.sealedMembers.count * 2 > parts.count ? sealedCosts : growingCosts
    }

    private var sealedCosts: SearchStrategyChoice.Costs {
        .sealed(rowBytes: vectors.header.rowBytes, sketchBytes: configuration.dimensions / 8 + 16)
    }

    private var growingCosts: SearchStrategyChoice.Costs {
        .growing(rowBytes: vectors.header.rowBytes, codeBytes: configuration.componentCount)
    }

    /// How many of a walk's candidates are compared exactly at least.
    static func rankedCount(k: Int, oversample: Float?, limit: Int) -> Int {
        let wanted = (Double(k) * Double(oversample ?? 1)).rounded(.up)
        return wanted < Double(limit) ? max(min(k, limit), Int(wanted)) : limit
    }

    func check(_ parameter: VectorIndexError.Parameter, _ value: Int) throws(VectorIndexError) {
        guard value >= 1 else { throw .invalidConfiguration(parameter: parameter, value: value, allowed: 1...Int.max) }
    }

    func hit(_ neighbour: cvk_neighbour) -> VectorHit {
        let raw = configuration.metric.raw(
            graphDistance: neighbour.distance, elementType: configuration.elementType)
        return VectorHit(ordinal: neighbour.node, raw: raw, score: configuration.score(raw: raw))
    }

    func result(
        _ neighbours: [cvk_neighbour], similarity: Float?, visited: Int, strategy: VectorSearchResult.Strategy,
        _ predicted: VectorSearchResult.PredictedCosts? = nil
    ) -> VectorSearchResult {
        var hits = neighbours.map(hit)
        if let similarity { hits.removeAll { !configuration.metric.passes(raw: $0.raw, similarity: similarity) } }
        return VectorSearchResult(hits: hits, visited: visited, strategy: strategy, predicted: predicted)
    }
}
