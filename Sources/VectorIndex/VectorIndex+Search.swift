internal import CVectorKernels
internal import VectorKernels

extension VectorIndex {
    /// The nearest vectors among those accepted, best first.
    ///
    /// - Parameters:
    ///   - k: how many hits at most.
    ///   - candidates: nodes that the walk keeps (HNSW's ef), at least `k`. More: slower, and more exact.
    ///   - accepting: what may be returned: live documents that pass the filter.
    ///   - similarity: a cut on the raw metric; see `Metric.passes(raw:similarity:)`.
    /// - Throws: as `VectorIndexConfiguration.validate`; `invalidConfiguration` for `k` or `candidates` below 1.
    /// - Complexity: about O(candidates · log *n*) comparisons, or one for each accepted vector if that is cheaper.
    public func search(
        _ query: [Float], k: Int, candidates: Int, accepting: OrdinalSet, similarity: Float? = nil
    ) throws(VectorIndexError) -> VectorSearchResult {
        try check(.k, k)
        try check(.candidates, candidates)
        let members = Int(graph.facts.members)
        let choice = SearchStrategyChoice(members: members, accepted: accepting.count, candidates: candidates)
        if configuration.kind == .flat || choice.strategy == .exact {
            return try exactSearch(query, k: k, among: accepting, similarity: similarity)
        }
        let query = try configuration.prepared(query)
        let space = space
        return try contexts.withContext { context throws(VectorIndexError) in
            let wanted = min(k, accepting.count)
            let walk = try graph.search(
                query, k: wanted, ef: min(max(candidates, k), members), accepting: accepting, budget: choice.budget,
                in: space, using: context)
            let walked = context.visited
            if case .found(let neighbours) = walk, neighbours.count == wanted {
                return result(neighbours, similarity: similarity, visited: walked, strategy: .graph)
            }
            let neighbours = try graph.scan(query, k: wanted, among: accepting, in: space, using: context)
            return result(
                neighbours, similarity: similarity, visited: walked + context.visited, strategy: .graphThenExact)
        }
    }

    /// The nearest vectors among those given, by comparing each; lower ordinals first among equals.
    ///
    /// - Throws: as `search`.
    /// - Complexity: O(*n*) comparisons for *n* ordinals given.
    public func exactSearch(
        _ query: [Float], k: Int, among ordinals: OrdinalSet, similarity: Float? = nil
    ) throws(VectorIndexError) -> VectorSearchResult {
        try check(.k, k)
        let query = try configuration.prepared(query)
        let space = space
        return try contexts.withContext { context throws(VectorIndexError) in
            let neighbours = try graph.scan(
                query, k: min(k, ordinals.count), among: ordinals, in: space, using: context)
            return result(neighbours, similarity: similarity, visited: context.visited, strategy: .exact)
        }
    }

    /// The hits of given ordinals, in their order; nil for one that has no vector.
    ///
    /// - Throws: as `VectorIndexConfiguration.validate`.
    public func score(_ query: [Float], ordinals: [UInt32]) throws(VectorIndexError) -> [VectorHit?] {
        let query = try configuration.prepared(query)
        let space = space
        return query.withUnsafeBufferPointer { query in
            ordinals.map { ordinal in
                guard ordinal < space.limit, graph.contains(ordinal) else { return nil }
                let row = UnsafeBufferPointer(
                    start: space.rows + Int(ordinal) * space.stride, count: configuration.dimensions)
                let kernels = VectorKernels.best
                let distance = space.euclidean ? kernels.squaredL2(query, row) : -kernels.dot(query, row)
                return hit(cvk_neighbour(distance: distance, node: ordinal))
            }
        }
    }

    private func check(_ parameter: VectorIndexError.Parameter, _ value: Int) throws(VectorIndexError) {
        guard value >= 1 else { throw .invalidConfiguration(parameter: parameter, value: value, allowed: 1...Int.max) }
    }

    private func hit(_ neighbour: cvk_neighbour) -> VectorHit {
        let metric = configuration.metric
        return VectorHit(
            ordinal: neighbour.node, raw: metric.raw(graphDistance: neighbour.distance), metric: metric)
    }

    private func result(
        _ neighbours: [cvk_neighbour], similarity: Float?, visited: Int, strategy: VectorSearchResult.Strategy
    ) -> VectorSearchResult {
        var hits = neighbours.map(hit)
        if let similarity { hits.removeAll { !configuration.metric.passes(raw: $0.raw, similarity: similarity) } }
        return VectorSearchResult(hits: hits, visited: visited, strategy: strategy)
    }
}
