public import VectorIndex

/// The index that a benchmark measures: of what kind it is, and how it is built.
public struct BenchmarkedIndex: Sendable {
    public var type = VectorBenchmark.IndexType.hnsw
    /// What the index is brought into before it is measured.
    public var form = VectorBenchmark.Form.sealed
    public var quantization = Quantization.int8
    public var metric = Metric.cosine
    public var m = 16
    public var efConstruction = 200
    /// Threads that build.
    public var threads = 1

    public init() {}

    func configuration(dimensions: Int) throws(VectorIndexError) -> VectorIndexConfiguration {
        try VectorIndexConfiguration(
            dimensions: dimensions, metric: metric,
            kind: type == .flat ? .flat : .hnsw(m: m, efConstruction: efConstruction), quantization: quantization)
    }

    /// Builds the index over vectors of ordinals from 0 on.
    ///
    /// - Returns: the index, and the seconds that building took.
    func build(
        _ rows: Int, _ columns: Int, in directory: String, _ row: (Int) throws(VectorIndexError) -> [Float]
    ) throws(VectorIndexError) -> (index: VectorIndex, seconds: Double) {
        let index = try VectorIndex(directory: directory, configuration: try configuration(dimensions: columns))
        try index.append(rows: rows, row)
        return (index, try index.build(below: UInt32(rows), form, threads: threads))
    }

    func build(_ base: VectorTable, in directory: String) throws(VectorIndexError) -> (index: VectorIndex, seconds: Double) {
        try build(base.rows, base.columns, in: directory) { base.row($0) }
    }
}
