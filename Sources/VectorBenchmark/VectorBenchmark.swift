internal import Dispatch
internal import Synchronization
public import VectorIndex

/// Builds an index over given vectors and measures recall and speed for rising ef.
public struct VectorBenchmark: Sendable {
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
    }

    public enum Failure: Error, Equatable, Sendable {
        case dimensionMismatch(base: Int, queries: Int)
        case tooFewVectors(count: Int, k: Int)
        case index(VectorIndexError)
    }

    public static let defaultEfs = [10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 64, 80, 96, 128, 160, 192, 256, 384, 512]

    public var indexType = IndexType.hnsw
    public var form = Form.sealed
    public var quantization = Quantization.int8
    public var metric = Metric.cosine
    public var m = 16
    public var efConstruction = 200
    public var k = 10
    public var efs = Self.defaultEfs
    public var threads = 1
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
        guard base.columns == queries.columns else {
            throw .dimensionMismatch(base: base.columns, queries: queries.columns)
        }
        guard base.rows >= k else { throw .tooFewVectors(count: base.rows, k: k) }
        do throws(VectorIndexError) {
            return try measure(base, (0..<queries.rows).map { queries.row($0) }, directory, progress)
        } catch {
            throw .index(error)
        }
    }

    private func measure(
        _ base: VectorTable, _ queries: [[Float]], _ directory: String,
        _ progress: (VectorBenchmarkResult.Point) -> Void
    ) throws(VectorIndexError) -> VectorBenchmarkResult {
        let kind: VectorIndexConfiguration.Kind =
            indexType == .flat ? .flat : .hnsw(m: m, efConstruction: efConstruction)
        let index = try VectorIndex(
            directory: directory,
            configuration: VectorIndexConfiguration(
                dimensions: base.columns, metric: metric, kind: kind, quantization: quantization))
        let ordinals = Array(0..<UInt32(base.rows))
        let batch = 4096
        for start in stride(from: 0, to: base.rows, by: batch) {
            try index.append((start..<min(start + batch, base.rows)).map { (UInt32($0), base.row($0)) })
        }
        var failure: VectorIndexError?
        let clock = ContinuousClock()
        let buildTime = clock.measure {
            do throws(VectorIndexError) {
                if form == .sealed, indexType == .hnsw {
                    try index.seal(adding: OrdinalSet(ordinals), threads: threads)
                } else {
                    try index.insert(ordinals, threads: threads)
                }
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }

        let all = OrdinalSet(0..<UInt32(base.rows))
        let truth = try results(queries, threads: threads) { query throws(VectorIndexError) in
            try index.exactSearch(query, k: k, among: all).hits
        }
        var points: [VectorBenchmarkResult.Point] = []
        for ef in indexType == .flat ? [k] : efs where ef >= k {
            let search: Search = { query throws(VectorIndexError) in
                try index.search(query, k: k, candidates: ef, accepting: all).hits
            }
            let found = try results(queries, threads: threads, search)
            let seconds1 = try bestSeconds(queries, threads: 1, search)
            let secondsN = try bestSeconds(queries, threads: threads, search)
            let count = Double(queries.count)
            let point = VectorBenchmarkResult.Point(
                ef: ef, recall: recall(found, truth), qps1: count / seconds1, qpsN: count / secondsN,
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
            indexType: indexType.rawValue, form: form.rawValue,
            buildVectorsPerSecond: Double(base.rows) / (buildTime / .seconds(1)),
            residentBytesPerVector: statistics.residentBytesPerVector, bytesPerVector: statistics.bytesPerVector,
            openSeconds: openSeconds, points: points)
    }

    private typealias Search = @Sendable ([Float]) throws(VectorIndexError) -> [VectorHit]

    private func results(
        _ queries: [[Float]], threads: Int, _ search: Search
    ) throws(VectorIndexError) -> [[VectorHit]] {
        let slots = Mutex([[VectorHit]](repeating: [], count: queries.count))
        try forEach(queries, threads: threads) { index, query throws(VectorIndexError) in
            let hits = try search(query)
            slots.withLock { $0[index] = hits }
        }
        return slots.withLock { $0 }
    }

    private func bestSeconds(_ queries: [[Float]], threads: Int, _ search: Search) throws(VectorIndexError) -> Double {
        var best = Double.infinity
        for _ in 0..<max(1, repetitions) {
            let start = ContinuousClock.now
            try forEach(queries, threads: threads) { _, query throws(VectorIndexError) in _ = try search(query) }
            best = min(best, (ContinuousClock.now - start) / .seconds(1))
        }
        return best
    }

    private func forEach(
        _ queries: [[Float]], threads: Int, _ body: @Sendable (Int, [Float]) throws(VectorIndexError) -> Void
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

    private func recall(_ found: [[VectorHit]], _ truth: [[VectorHit]]) -> Double {
        let hits = zip(found, truth).reduce(0) { total, pair in
            total + Set(pair.0.map(\.ordinal)).intersection(pair.1.map(\.ordinal)).count
        }
        return Double(hits) / Double(truth.count * k)
    }
}
