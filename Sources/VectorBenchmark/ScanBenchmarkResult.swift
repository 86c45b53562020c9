public import JSON

/// How fast rows were read, searched and scored, one thread each.
public struct ScanBenchmarkResult: Equatable, Sendable {
    public let elementType: String
    public let rows: Int
    public let dimensions: Int
    /// What each pass reads: rows with their padding.
    public let bytes: Int
    public let readSeconds: Double
    public let flatSeconds: Double
    public let scriptSeconds: Double

    public init(
        elementType: String, rows: Int, dimensions: Int, bytes: Int, readSeconds: Double, flatSeconds: Double,
        scriptSeconds: Double
    ) {
        self.elementType = elementType
        self.rows = rows
        self.dimensions = dimensions
        self.bytes = bytes
        self.readSeconds = readSeconds
        self.flatSeconds = flatSeconds
        self.scriptSeconds = scriptSeconds
    }

    /// Gigabytes a second of a pass that took so long.
    public func rate(_ seconds: Double) -> Double { Double(bytes) / seconds / 1e9 }

    /// `{"element_type", "rows", "dimensions", "bytes", "read_gb_s", "flat_gb_s", "script_gb_s", "flat_share",
    /// "script_share"}`; shares are of the read.
    public var json: JSONValue {
        [
            "element_type": .string(elementType), "rows": .int(rows), "dimensions": .int(dimensions), "bytes": .int(bytes),
            "read_gb_s": .double(hundredths(rate(readSeconds))), "flat_gb_s": .double(hundredths(rate(flatSeconds))),
            "script_gb_s": .double(hundredths(rate(scriptSeconds))),
            "flat_share": .double(hundredths(readSeconds / flatSeconds)),
            "script_share": .double(hundredths(readSeconds / scriptSeconds)),
        ]
    }

    private func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }
}
