internal import Synchronization
internal import VectorIndex

/// Measures what becomes of an index whose vectors are deleted and written again, and of searches meanwhile.
///
/// A vector that comes again has a fresh ordinal, and searches accept live ordinals only. The dead are removed before their
/// vectors come again: else those would hang from their own old nodes, and the graph would stay what it was. What the index
/// holds is the same after each round, so recall is to be what it was.
public struct UpdatesBenchmark: Sendable {
    private static let batch = 1000

    /// Its threads build; one writes, and one seals, as in a shard's background.
    public var settings = BenchmarkedIndex()
    public var k = 10
    public var candidates = 100
    /// Of the vectors, those that a round deletes and writes again.
    public var share = 0.3
    public var rounds = 5
    public var queryLimit = 200
    public var repetitions = 3

    public init() {}

    /// - Parameters:
    ///   - base: `[n, dimensions]`.
    ///   - queries: `[q, dimensions]`.
    ///   - directory: where the index is built; the caller removes it.
    public func run(
        base: VectorTable, queries: VectorTable, directory: String,
        progress: (UpdatesBenchmarkResult.Round) -> Void = { _ in }
    ) throws(VectorBenchmark.Failure) -> UpdatesBenchmarkResult {
        try VectorBenchmark.checking(base, queries, k: k) { () throws(VectorIndexError) in
            try measure(base, QueryRun(queries, limit: queryLimit), directory, progress)
        }
    }

    private func measure(
        _ base: VectorTable, _ queries: QueryRun, _ directory: String, _ progress: (UpdatesBenchmarkResult.Round) -> Void
    ) throws(VectorIndexError) -> UpdatesBenchmarkResult {
        let index = try settings.build(base, in: directory).index
        let threads = settings.threads
        let live = LiveOrdinals(count: base.rows)
        let k = k, candidates = candidates
        let search: QueryRun.Search = { _, query throws(VectorIndexError) in
            try index.search(query, k: k, candidates: candidates, accepting: live.ordinals)
        }
        func point(_ during: Double?, written: Double?) throws(VectorIndexError) -> UpdatesBenchmarkResult.Round {
            let accepted = live.ordinals
            let truth = try index.exactSearch(queries.queries, k: k, among: accepted, threads: threads)
            let found = try queries.results(threads: threads, search)
            let seconds = try queries.bestSeconds(threads: 1, repetitions: repetitions, search)
            let statistics = index.statistics
            return UpdatesBenchmarkResult.Round(
                recall: VectorBenchmark.recall(found, of: truth), idleQPS: Double(queries.count) / seconds, busyQPS: during,
                writesPerSecond: written, sealedShare: Double(statistics.sealedCount) / Double(max(1, statistics.count)))
        }
        let fresh = try point(nil, written: nil)
        progress(fresh)
        var points: [UpdatesBenchmarkResult.Round] = []
        for round in 0..<rounds {
            let chosen = live.choose(Int(share * Double(base.rows)), seed: UInt64(round))
            var seconds = 0.0
            let qps = try queries.rate(search) { () throws(VectorIndexError) in
                let start = ContinuousClock.now
                try write(chosen, base, index, live)
                seconds = (ContinuousClock.now - start) / .seconds(1)
            }
            points.append(try point(qps, written: Double(chosen.count) / seconds))
            points.last.map(progress)
        }
        let qps = try queries.rate(search) { () throws(VectorIndexError) in try index.seal(threads: 1) }
        let sealed = try point(qps, written: nil)
        progress(sealed)
        return UpdatesBenchmarkResult(form: settings.form, fresh: fresh, rounds: points, sealed: sealed)
    }

    /// Removes the rows' ordinals from the index, and writes the rows once more.
    private func write(
        _ chosen: [Int], _ base: VectorTable, _ index: VectorIndex, _ live: LiveOrdinals
    ) throws(VectorIndexError) {
        try index.remove(live.release(chosen))
        for start in stride(from: 0, to: chosen.count, by: Self.batch) {
            let rows = chosen[start..<min(start + Self.batch, chosen.count)]
            let first = live.end
            try index.append(rows: rows.count, from: first) { base.row(rows[rows.startIndex + $0]) }
            try index.insert(Array(first..<first + UInt32(rows.count)))
            live.renew(rows)
        }
    }
}
