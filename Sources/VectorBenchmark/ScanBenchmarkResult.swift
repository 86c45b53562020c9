public import JSON

/// How fast rows were read, searched, scored, and searched for many queries at once, one thread each.
public struct ScanBenchmarkResult: Equatable, Sendable {
    public let elementType: String
    public let rows: Int
    public let dimensions: Int
    /// What each pass reads: rows with their padding.
    public let bytes: Int
    public let readSeconds: Double
    public let flatSeconds: Double
    public let scriptSeconds: Double
    /// Queries that were searched for at once, and what they took together.
    public let batch: Int
    public let batchSeconds: Double

    public init(
        elementType: String, rows: Int, dimensions: Int, bytes: Int, readSeconds: Double, flatSeconds: Double,
        scriptSeconds: Double, batch: Int, batchSeconds: Double
    ) {
        self.elementType = elementType
        self.rows = rows
        self.dimensions = dimensions
        self.bytes = bytes
        self.readSeconds = readSeconds
        self.flatSeconds = flatSeconds
        self.scriptSeconds = scriptSeconds
        self.batch = batch
        self.batchSeconds = batchSeconds
    }

    /// Gigabytes a second of a pass that took so long.
    public func rate(_ seconds: Double) -> Double { Double(bytes) / seconds / 1e9 }

    /// Queries a second, one after the other and as a batch.
    public var singleRate: Double { 1 / flatSeconds }
    public var batchRate: Double { Double(batch) / batchSeconds }

    /// A batch's multiplications and additions, billions a second: two for each component of each row and query.
    public var batchOperations: Double { 2 * Double(rows) * Double(dimensions) * batchRate / 1e9 }

    /// `{"element_type", "rows", "dimensions", "bytes", "read_gb_s", "flat_gb_s", "script_gb_s", "flat_share",
    /// "script_share", "batch", "single_qps", "batch_qps", "batch_gflop_s"}`; shares are of the read.
    public var json: JSONValue {
        [
            "element_type": .string(elementType), "rows": .int(rows), "dimensions": .int(dimensions), "bytes": .int(bytes),
            "read_gb_s": .double(hundredths(rate(readSeconds))), "flat_gb_s": .double(hundredths(rate(flatSeconds))),
            "script_gb_s": .double(hundredths(rate(scriptSeconds))),
            "flat_share": .double(hundredths(readSeconds / flatSeconds)),
            "script_share": .double(hundredths(readSeconds / scriptSeconds)), "batch": .int(batch),
            "single_qps": .double(hundredths(singleRate)), "batch_qps": .double(hundredths(batchRate)),
            "batch_gflop_s": .double(hundredths(batchOperations)),
        ]
    }

    private func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
