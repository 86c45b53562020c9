internal import Ordinals
public import VectorIndex

/// Measures exact search against a plain read of the same bytes, on one thread: both should be bound by memory alone. Many
/// queries at once should be bound by arithmetic instead.
public struct ScanBenchmark: Sendable {
    public var elementType = ElementType.float
    public var metric = Metric.cosine
    public var k = 10
    /// Queries of a batch.
    public var batch = 128
    /// Rounds of one read, one search, one script and one batch each; the best time of each counts, and noise hits all alike.
    public var rounds = 20

    public init() {}

    /// - Parameters:
    ///   - base: `[n, dimensions]`, what is scanned; of bits, a component above 0 is 1.
    ///   - query: a row as those.
    ///   - directory: where the index is built; the caller removes it.
    public func run(
        base: VectorTable, query: [Float], directory: String
    ) throws(VectorBenchmark.Failure) -> ScanBenchmarkResult {
        try VectorBenchmark.checking(rows: base.rows, columns: base.columns, against: query.count, k: k) {
            () throws(VectorIndexError) in
            try measure(base, converted(query), directory)
        }
    }

    private func measure(
        _ base: VectorTable, _ query: [Float], _ directory: String
    ) throws(VectorIndexError) -> ScanBenchmarkResult {
        let index = try VectorIndex(
            directory: directory,
            configuration: VectorIndexConfiguration(
                dimensions: base.columns, metric: elementType == .bit ? .euclidean : metric, kind: .flat,
                elementType: elementType))
        let written = 4096
        for start in stride(from: 0, to: base.rows, by: written) {
            let rows = start..<min(start + written, base.rows)
            try index.append(rows.map { (UInt32($0), converted(base.row($0))) })
            try index.insert(rows.map { UInt32($0) })
        }
        let all = OrdinalSet(0..<UInt32(base.rows))
        let function: VectorFunction = elementType == .bit ? .dotProduct : .cosine
        let queries = (0..<batch).map { converted(base.row($0 * base.rows / batch)) }
        var read = Double.infinity, flat = Double.infinity, script = Double.infinity, many = Double.infinity
        for _ in 0..<max(1, rounds) {
            read = min(read, try seconds { () throws(VectorIndexError) in _ = index.readRows(below: UInt32(base.rows)) })
            flat = min(
                flat, try seconds { () throws(VectorIndexError) in _ = try index.exactSearch(query, k: k, among: all) })
            script = min(
                script, try seconds { () throws(VectorIndexError) in _ = try index.values(function, query, of: all) })
            many = min(
                many, try seconds { () throws(VectorIndexError) in _ = try index.exactSearch(queries, k: k, among: all) })
        }
        return ScanBenchmarkResult(
            elementType: elementType.rawValue, rows: base.rows, dimensions: base.columns,
            bytes: base.rows * index.statistics.rawBytesPerVector, readSeconds: read, flatSeconds: flat, scriptSeconds: script,
            batch: batch, batchSeconds: many)
    }

    private func seconds(_ body: () throws(VectorIndexError) -> Void) throws(VectorIndexError) -> Double {
        let start = ContinuousClock.now
        try body()
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// The vector with components that the element type has.
    private func converted(_ vector: [Float]) -> [Float] {
        switch elementType {
        case .float, .bfloat16: return vector
        case .byte:
            let greatest = vector.reduce(0) { max($0, abs($1)) }
            return greatest == 0 ? vector : vector.map { ($0 / greatest * 127).rounded() }
        case .bit:
            return stride(from: 0, to: vector.count, by: 8).map { start in
                let byte = vector[start..<min(start + 8, vector.count)].reduce(0 as UInt8) { $0 << 1 | ($1 > 0 ? 1 : 0) }
                return Float(Int8(bitPattern: byte))
            }
        }
    }
}
