internal import CVectorKernels
public import Ordinals
internal import Synchronization

/// Many queries compared with every vector of a set: the product of the rows and the queries, a tile at a time.
extension VectorIndex {
    /// What `exactSearch` finds for each of the queries, scores to the bit, in one pass over the rows.
    ///
    /// A row is in registers while four queries are compared with it, and in the cache while all others are. Every sum is
    /// added up as that of a single query is, so nothing is left to compare again. Single searches are bound by memory,
    /// these by arithmetic, of which AVX-512 and AVX2 have the most to spare: floats are searched many times as fast,
    /// bfloat16 and bytes a few times. Bits gain little, for counting them costs more than reading them.
    ///
    /// - Parameter threads: Each takes its share of the queries, and passes over the rows.
    /// - Returns: one result for each query, in their order.
    /// - Throws: as a single search for the first query that is refused.
    /// - Complexity: O(*q* · *n*) comparisons for *q* queries and *n* ordinals; each thread reads the rows from memory once.
    public func exactSearch(
        _ queries: [[Float]], k: Int, among ordinals: OrdinalSet, threads: Int = 1
    ) throws(VectorIndexError) -> [VectorSearchResult] {
        try check(.k, k)
        let prepared = try queries.map { query throws(VectorIndexError) in try RowsQuery(nearest: query, configuration) }
        let rows = vectors.rows
        let present = present(ordinals, in: rows)
        let wanted = min(k, present.count)
        guard wanted > 0 else {
            return queries.map { _ in result([], similarity: nil, visited: 0, strategy: .exact) }
        }
        let results = Mutex([VectorSearchResult?](repeating: nil, count: prepared.count))
        let tile = Int(CVK_TILE), threads = max(1, threads)
        let share = max(tile, (prepared.count + threads - 1) / threads)
        try Parallel.forEach(prepared.count, grain: share, threads: threads, makeScratch: {}) {
            range, _ throws(VectorIndexError) in
            let found = nearest(prepared[range], k: wanted, among: present, in: rows).map {
                result($0, similarity: nil, visited: present.count, strategy: .exact)
            }
            results.withLock { $0.replaceSubrange(range, with: found) }
        }
        return results.withLock { $0.compactMap { $0 } }
    }

    /// The nearest of each query.
    ///
    /// - Parameter ordinals: They have vectors, `k` at least.
    private func nearest(
        _ queries: ArraySlice<RowsQuery>, k: Int, among ordinals: OrdinalSet, in rows: RawVectors.Rows
    ) -> [[cvk_neighbour]] {
        var counts = [Int](repeating: 0, count: queries.count)
        let neighbours = [cvk_neighbour](unsafeUninitializedCapacity: queries.count * k) { out, count in
            ordinals.words.withUnsafeBufferPointer { words in
                guard let first = words.baseAddress, let start = out.baseAddress else { return }
                RowsQuery.with(queries, rows, vectors.header) {
                    cvk_rows_nearest_of_each($0, queries.count, first, words.count, k, start, &counts)
                }
                count = queries.count * k
            }
        }
        return counts.indices.map { Array(neighbours[$0 * k..<$0 * k + counts[$0]]) }
    }
}
