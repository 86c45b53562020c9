internal import Ordinals
internal import VectorIndex

/// Measures filtered searches beside the same searches without a filter, on one thread.
public struct FilterBenchmark: Sendable {
    public static let defaultShares = [1, 0.5, 0.1, 0.01, 0.001, 0]

    public var settings = BenchmarkedIndex()
    public var k = 10
    public var candidates = 100
    public var shares = Self.defaultShares
    /// At most so many queries, each of which has filters of its own.
    public var queryLimit = 200
    /// Rounds of one unfiltered and one filtered pass each; the best time of each counts, and noise hits both alike.
    public var rounds = 5

    public init() {}

    /// - Parameters:
    ///   - base: `[n, dimensions]`.
    ///   - queries: `[q, dimensions]`.
    ///   - directory: where the index is built; the caller removes it.
    public func run(
        base: VectorTable, queries: VectorTable, directory: String,
        progress: (FilterBenchmarkResult) -> Void = { _ in }
    ) throws(VectorBenchmark.Failure) -> [FilterBenchmarkResult] {
        try VectorBenchmark.checking(base, queries, k: k) { () throws(VectorIndexError) in
            try measure(base, QueryRun(queries, limit: queryLimit), directory, progress)
        }
    }

    private func measure(
        _ base: VectorTable, _ queries: QueryRun, _ directory: String, _ progress: (FilterBenchmarkResult) -> Void
    ) throws(VectorIndexError) -> [FilterBenchmarkResult] {
        let index = try settings.build(base, in: directory).index
        let all = OrdinalSet(0..<UInt32(base.rows))
        let k = k, candidates = candidates
        let unfiltered: QueryRun.Search = { _, query throws(VectorIndexError) in
            try index.search(query, k: k, candidates: candidates, accepting: all)
        }
        var results: [FilterBenchmarkResult] = []
        for relation in FilterRelation.allCases {
            for share in shares {
                let accepted = (share * Double(base.rows)).rounded()
                var filters: [OrdinalSet] = []
                for (number, query) in queries.queries.enumerated() {
                    filters.append(
                        try relation.filter(Int(accepted), of: all, query: query, seed: number, in: index))
                }
                let given = filters
                let filtered: QueryRun.Search = { number, query throws(VectorIndexError) in
                    try index.search(query, k: k, candidates: candidates, accepting: given[number])
                }
                let found = try queries.results(threads: 1, filtered)
                let truth = try queries.results(threads: settings.threads) { number, query throws(VectorIndexError) in
                    try index.exactSearch(query, k: k, among: given[number])
                }
                var plain = Double.infinity, seconds = Double.infinity
                for _ in 0..<max(1, rounds) {
                    plain = min(plain, try queries.seconds(threads: 1, unfiltered))
                    seconds = min(seconds, try queries.seconds(threads: 1, filtered))
                }
                let result = FilterBenchmarkResult(
                    form: settings.form, relation: relation, share: share, recall: VectorBenchmark.recall(found, of: truth),
                    seconds: seconds / Double(queries.count), unfilteredSeconds: plain / Double(queries.count),
                    found: found)
                results.append(result)
                progress(result)
            }
        }
        return results
    }
}
