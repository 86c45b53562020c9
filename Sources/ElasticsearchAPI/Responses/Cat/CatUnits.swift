internal import Indices

/// How a `_cat` answer writes sizes and times.
public struct CatUnits: Sendable {
    private let bytesUnit: String?
    private let timeUnit: String?

    private static let nanoseconds: [String: Double] = [
        "nanos": 1, "micros": 1e3, "ms": 1e6, "s": 1e9, "m": 6e10, "h": 3.6e12, "d": 8.64e13,
    ]

    /// - Throws: `ElasticsearchError` for units that there are not.
    public init(_ parameters: QueryParameters) throws(ElasticsearchError) {
        bytesUnit = parameters["bytes"]
        timeUnit = parameters["time"]
        _ = try ByteSize(0).text(unit: bytesUnit)
        if let timeUnit, Self.nanoseconds[timeUnit] == nil {
            throw .illegalArgument("failed to parse parameter [time] with value [\(timeUnit)]")
        }
    }

    /// With the unit asked for as a bare number, else with the largest unit that fits.
    public func bytes(_ count: Int) -> String { (try? ByteSize(count).text(unit: bytesUnit)) ?? String(count) }

    /// A span of time in the unit asked for, or in the largest that it fills.
    public func time(milliseconds: Int) -> String {
        let nanoseconds = Double(milliseconds) * 1e6
        if let timeUnit, let unit = Self.nanoseconds[timeUnit] { return String(Int((nanoseconds / unit).rounded(.down))) }
        for unit in ["d", "h", "m", "s"] {
            guard let size = Self.nanoseconds[unit], nanoseconds >= size else { continue }
            let tenths = Int((nanoseconds / size * 10).rounded(.down))
            return tenths % 10 == 0 ? "\(tenths / 10)\(unit)" : "\(tenths / 10).\(tenths % 10)\(unit)"
        }
        return "\(milliseconds)ms"
    }
}
