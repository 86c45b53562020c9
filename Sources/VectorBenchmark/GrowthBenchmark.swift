internal import Ordinals
internal import VectorIndex

/// Measures what a search costs at a recall that is held, and what building and opening take, for an index of a given size.
public struct GrowthBenchmark: Sendable {
    public static let defaultSizes = [10_000, 100_000, 1_000_000]

    public var settings = BenchmarkedIndex()
    public var k = 10
    public var recall = 0.95
    public var efs = VectorBenchmark.defaultEfs
    /// At most so many queries: each is compared with all vectors once.
    public var queryLimit = 200
    public var repetitions = 5

    public init() {}

    /// - Parameters:
    ///   - rows: how many vectors of `source`.
    ///   - queries: `[q, dimensions]`.
    ///   - directory: where the index is built; the caller removes it.
    public func run(
        rows: Int, of source: VectorSource, queries: VectorTable, directory: String
    ) throws(VectorBenchmark.Failure) -> GrowthBenchmarkResult {
        try VectorBenchmark.checking(rows: rows, columns: source.columns, against: queries.columns, k: k) {
            () throws(VectorIndexError) in
            let built = try build(rows, source, QueryRun(queries, limit: queryLimit), directory)
            let start = ContinuousClock.now
            _ = try VectorIndex(
                directory: directory, configuration: try settings.configuration(dimensions: source.columns))
            return GrowthBenchmarkResult(
                form: settings.form, rows: rows, recall: recall, buildSeconds: built.seconds,
                openSeconds: (ContinuousClock.now - start) / .seconds(1), residentBytesPerVector: built.bytes,
                points: built.points)
        }
    }

    private typealias Built = (seconds: Double, bytes: Double, points: [GrowthBenchmarkResult.Point])

    /// The index is closed again when this returns.
    private func build(
        _ rows: Int, _ source: VectorSource, _ queries: QueryRun, _ directory: String
    ) throws(VectorIndexError) -> Built {
        var source = source
        let (index, seconds) = try settings.build(rows, source.columns, in: directory) { _ in source.next() }
        let threads = settings.threads
        let all = OrdinalSet(0..<UInt32(rows)), k = k
        let truth = try index.exactSearch(queries.queries, k: k, among: all, threads: threads)
        var points: [GrowthBenchmarkResult.Point] = []
        for ef in efs where ef >= k {
            let search: QueryRun.Search = { _, query throws(VectorIndexError) in
                try index.search(query, k: k, candidates: ef, accepting: all)
            }
            let found = try queries.results(threads: threads, search)
            let seconds = try queries.bestSeconds(threads: 1, repetitions: repetitions, search)
            points.append(
                GrowthBenchmarkResult.Point(
                    ef: Double(ef), recall: VectorBenchmark.recall(found, of: truth), seconds: seconds / Double(queries.count)))
            if points.last.map({ $0.recall >= recall }) == true { break }
        }
        try index.checkpoint()
        return (seconds, index.statistics.residentBytesPerVector, points)
    }
}
