internal import Ordinals
public import VectorIndex

/// Builds an index over given vectors and measures recall and speed for rising ef.
public struct VectorBenchmark: Sendable {
    /// Raw values are what the command line takes.
    public enum IndexType: String, CaseIterable, Sendable {
        case hnsw
        case flat
    }

    /// What the index is brought into before it is searched.
    public enum Form: String, CaseIterable, Sendable {
        /// Vectors are inserted one by one.
        case growing
        /// All are built into one part at once.
        case sealed
        /// Seven tenths are sealed, and the others inserted.
        case mixed
    }

    /// Why nothing can be measured.
    public enum Failure: Error, Equatable, Sendable {
        case dimensionMismatch(base: Int, queries: Int)
        case tooFewVectors(count: Int, k: Int)
        case index(VectorIndexError)
    }

    public static let defaultEfs = [10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512]

    /// Its threads search, too.
    public var settings = BenchmarkedIndex()
    public var k = 10
    public var efs = Self.defaultEfs
    /// Each point is measured so often; the best time counts.
    public var repetitions = 3
    /// No further ef after a recall above this.
    public var sufficientRecall = 0.997

    public init() {}

    /// - Parameters:
    ///   - base: `[n, dimensions]`.
    ///   - queries: `[q, dimensions]`.
    ///   - directory: where the index is built; the caller removes it.
    public func run(
        base: VectorTable, queries: VectorTable, directory: String,
        progress: (VectorBenchmarkResult.Point) -> Void = { _ in }
    ) throws(Failure) -> VectorBenchmarkResult {
        try Self.checking(base, queries, k: k) { () throws(VectorIndexError) in
            try measure(base, QueryRun(queries), directory, progress)
        }
    }

    /// Does `body` with what can be measured.
    ///
    /// - Throws: `dimensionMismatch`, `tooFewVectors`; `index` for what `body` throws.
    static func checking<Result>(
        _ base: VectorTable, _ queries: VectorTable, k: Int, _ body: () throws(VectorIndexError) -> Result
    ) throws(Failure) -> Result {
        try checking(rows: base.rows, columns: base.columns, against: queries.columns, k: k, body)
    }

    static func checking<Result>(
        rows: Int, columns: Int, against queryColumns: Int, k: Int, _ body: () throws(VectorIndexError) -> Result
    ) throws(Failure) -> Result {
        guard columns == queryColumns else { throw .dimensionMismatch(base: columns, queries: queryColumns) }
        guard rows >= k else { throw .tooFewVectors(count: rows, k: k) }
        do throws(VectorIndexError) {
            return try body()
        } catch {
            throw .index(error)
        }
    }

    private func measure(
        _ base: VectorTable, _ queries: QueryRun, _ directory: String,
        _ progress: (VectorBenchmarkResult.Point) -> Void
    ) throws(VectorIndexError) -> VectorBenchmarkResult {
        let (index, buildSeconds) = try settings.build(base, in: directory)
        let threads = settings.threads
        let all = OrdinalSet(0..<UInt32(base.rows))
        let truth = try index.exactSearch(queries.queries, k: k, among: all, threads: threads)
        var points: [VectorBenchmarkResult.Point] = []
        for ef in settings.type == .flat ? [k] : efs where ef >= k {
            let search: QueryRun.Search = { _, query throws(VectorIndexError) in
                try index.search(query, k: k, candidates: ef, accepting: all)
            }
            let found = try queries.results(threads: threads, search)
            let seconds1 = try queries.bestSeconds(threads: 1, repetitions: repetitions, search)
            let secondsN = try queries.bestSeconds(threads: threads, repetitions: repetitions, search)
            let count = Double(queries.count)
            let visited = found.reduce(0) { $0 + $1.visited }
            let point = VectorBenchmarkResult.Point(
                ef: ef, recall: Self.recall(found, of: truth), visited: Double(visited) / count, qps1: count / seconds1,
                qpsN: count / secondsN,
                meanLatency: seconds1 / count)
            points.append(point)
            progress(point)
            if point.recall > sufficientRecall { break }
        }
        try index.checkpoint()
        let start = ContinuousClock.now
        _ = try VectorIndex(directory: directory, configuration: index.configuration)
        let openSeconds = (ContinuousClock.now - start) / .seconds(1)
        let statistics = index.statistics
        return VectorBenchmarkResult(
            indexType: settings.type.rawValue, form: settings.form.rawValue,
            buildVectorsPerSecond: Double(base.rows) / buildSeconds,
            residentBytesPerVector: statistics.residentBytesPerVector, bytesPerVector: statistics.bytesPerVector,
            openSeconds: openSeconds, points: points)
    }
}
