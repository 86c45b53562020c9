public import JSON

/// Recall against speed of one index over one set of queries.
public struct VectorBenchmarkResult: Equatable, Sendable {
    /// One ef, a point of the curve.
    public struct Point: Equatable, Sendable {
        public let ef: Int
        /// Share of the true k nearest that were found.
        public let recall: Double
        /// Vectors that a search compared, in the mean.
        public let visited: Double
        /// Queries a second on one thread, and on all.
        public let qps1: Double
        public let qpsN: Double
        /// Mean seconds of a query on one thread.
        public let meanLatency: Double
    }

    public let indexType: String
    public let form: String
    public let buildVectorsPerSecond: Double
    /// In memory, and with the raw vectors on disk.
    public let residentBytesPerVector: Double
    public let bytesPerVector: Double
    /// Seconds from a checkpoint to an index that answers; the file system has the files in memory.
    public let openSeconds: Double
    public let points: [Point]

    /// `{"index_type", "form", "build_vectors_per_second", "resident_bytes_per_vector", "bytes_per_vector",
    /// "open_seconds", "points": [{"ef", "recall", "visited", "qps1", "qpsN"}]}`
    public var json: JSONValue {
        .object([
            "index_type": .string(indexType),
            "form": .string(form),
            "build_vectors_per_second": .double(rounded(buildVectorsPerSecond, 1)),
            "resident_bytes_per_vector": .double(rounded(residentBytesPerVector, 1)),
            "bytes_per_vector": .double(rounded(bytesPerVector, 1)),
            "open_seconds": .double(rounded(openSeconds, 4)),
            "points": .array(
                points.map { point in
                    .object([
                        "ef": .int(point.ef),
                        "recall": .double(rounded(point.recall, 4)),
                        "visited": .double(rounded(point.visited, 1)),
                        "qps1": .double(rounded(point.qps1, 1)),
                        "qpsN": .double(rounded(point.qpsN, 1)),
                    ])
                }),
        ])
    }

    private func rounded(_ value: Double, _ digits: Int) -> Double {
        let scale = digits == 1 ? 10.0 : 10_000.0
        return (value * scale).rounded() / scale
    }
}
