internal import CVectorKernels
internal import Ordinals
internal import Synchronization

/// Scratch space for one search of a sealed part at a time.
final class SealedContext: @unchecked Sendable {
    let handle: OpaquePointer

    init() throws(VectorIndexError) {
        guard let handle = cvk_sealed_context_create() else { throw .outOfMemory }
        self.handle = handle
    }

    deinit { cvk_sealed_context_destroy(handle) }

    /// Sketches that the last call compared.
    var visited: Int { cvk_sealed_context_visited(handle) }

    /// Whether the last call was a scan that left more in doubt than it could keep.
    var isInDoubt: Bool { cvk_sealed_context_in_doubt(handle) }
}

extension SealedPart {
    /// How a search goes about it.
    enum Way {
        /// By the graph.
        case walk(WalkBounds)
        /// Over all sketches that pass, of which so many are kept at most.
        case scan(keeping: Int)
    }

    /// Accepted ordinals among which the `k` nearest vectors are, as far as they are found; nearest codes first.
    ///
    /// - Parameters:
    ///   - query: as `turned` gives it.
    ///   - count: how many are returned at least, if there are so many; more where codes leave in doubt which are nearest.
    ///   - accepting: nil accepts all.
    func candidates(
        for query: [Float], k: Int, count: Int, accepting: OrdinalSet?, _ way: Way, using context: SealedContext
    ) throws(VectorIndexError) -> [UInt32] {
        precondition(query.count == content.facts.dimensions)
        var status: Int64 = 0
        let bounds =
            switch way {
            case .walk(let bounds): bounds
            case .scan(let ef): WalkBounds(ef)
            }
        let kept = max(bounds.accepted, count), capacity = kept + min(content.facts.duplicates, kept * k)
        let found = withPart { part in
            query.withUnsafeBufferPointer { query in
                withFilter(accepting) { filter in
                    [cvk_neighbour](unsafeUninitializedCapacity: capacity) { out, found in
                        guard let start = out.baseAddress, let components = query.baseAddress else { return }
                        var request = cvk_sealed_request(
                            query: components, ef: bounds.accepted, most: bounds.most, enough: bounds.enough,
                            limit: bounds.limit, filter: filter, k: k, least: count)
                        switch way {
                        case .walk:
                            status = cvk_sealed_search(&part, context.handle, &request, capacity, start)
                        case .scan:
                            status = cvk_sealed_scan(&part, context.handle, &request, capacity, start)
                        }
                        found = max(0, Int(status))
                    }
                }
            }
        }
        guard status >= 0 else { throw .outOfMemory }
        return found.map(\.node)
    }

    private func withFilter<Result>(_ accepting: OrdinalSet?, _ body: (cvk_filter) -> Result) -> Result {
        guard let accepting else { return body(cvk_filter(words: nil, word_count: 0)) }
        // An empty set has no words, which would accept all.
        guard !accepting.isEmpty else {
            return withUnsafePointer(to: 0 as UInt64) { body(cvk_filter(words: $0, word_count: 0)) }
        }
        return accepting.words.withUnsafeBufferPointer { body(cvk_filter(words: $0.baseAddress, word_count: $0.count)) }
    }

    /// Keys as the walk estimates them, by sketches and by codes; without codes, the latter are 0.
    func estimates(
        for query: [Float], nodes: [UInt32], using context: SealedContext
    ) throws(VectorIndexError) -> (bySketches: [Float], byCodes: [Float]) {
        var sketches = [Float](repeating: 0, count: nodes.count), codes = sketches
        let status = withPart { part in
            cvk_sealed_estimate(&part, context.handle, query, nodes, nodes.count, &sketches, &codes)
        }
        guard status == CVK_OK else { throw .outOfMemory }
        return (sketches, codes)
    }
}
