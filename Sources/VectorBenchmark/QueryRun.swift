internal import Dispatch
internal import Synchronization
internal import VectorIndex

/// Queries that are searched for again and again.
struct QueryRun: Sendable {
    typealias Search = @Sendable (_ number: Int, _ query: [Float]) throws(VectorIndexError) -> VectorSearchResult

    let queries: [[Float]]

    init(_ table: VectorTable, limit: Int = .max) {
        queries = (0..<min(table.rows, limit)).map { table.row($0) }
    }

    var count: Int { queries.count }

    /// What each query found.
    func results(threads: Int, _ search: Search) throws(VectorIndexError) -> [VectorSearchResult] {
        let slots = Mutex([VectorSearchResult?](repeating: nil, count: queries.count))
        try forEach(threads: threads) { index, query throws(VectorIndexError) in
            let result = try search(index, query)
            slots.withLock { $0[index] = result }
        }
        return slots.withLock { $0.compactMap { $0 } }
    }

    /// Seconds that all queries take together.
    func seconds(threads: Int, _ search: Search) throws(VectorIndexError) -> Double {
        let start = ContinuousClock.now
        try forEach(threads: threads) { index, query throws(VectorIndexError) in _ = try search(index, query) }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    func bestSeconds(threads: Int, repetitions: Int, _ search: Search) throws(VectorIndexError) -> Double {
        var best = Double.infinity
        for _ in 0..<max(1, repetitions) { best = min(best, try seconds(threads: threads, search)) }
        return best
    }

    private func forEach(
        threads: Int, _ body: @Sendable (Int, [Float]) throws(VectorIndexError) -> Void
    ) throws(VectorIndexError) {
        let next = Atomic(0)
        let failure = Mutex<VectorIndexError?>(nil)
        DispatchQueue.concurrentPerform(iterations: max(1, threads)) { _ in
            do throws(VectorIndexError) {
                while true {
                    let index = next.add(1, ordering: .relaxed).oldValue
                    guard index < queries.count else { return }
                    try body(index, queries[index])
                }
            } catch {
                failure.withLock { $0 = $0 ?? error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
    }
}

extension VectorBenchmark {
    /// The share of the true neighbours that were found; 1 where there are none to find.
    static func recall(_ found: [VectorSearchResult], of truth: [VectorSearchResult]) -> Double {
        let wanted = truth.reduce(0) { $0 + $1.hits.count }
        guard wanted > 0 else { return 1 }
        let hits = zip(found, truth).reduce(0) { total, pair in
            total + Set(pair.0.hits.map(\.ordinal)).intersection(pair.1.hits.map(\.ordinal)).count
        }
        return Double(hits) / Double(wanted)
    }
}
