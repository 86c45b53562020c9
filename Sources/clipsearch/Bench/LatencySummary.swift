/// Latencies of a closed loop, summed up.
struct LatencySummary {
    var queriesPerSecond: Double
    var meanMilliseconds: Double
    var p50Milliseconds: Double
    var p99Milliseconds: Double

    /// - Parameters:
    ///   - latencies: of every answered query; at least one.
    ///   - elapsed: wall-clock time of the whole loop.
    init(_ latencies: [Duration], elapsed: Duration) {
        let sorted = latencies.map { $0 / .milliseconds(1) }.sorted()
        let at = { (share: Double) in sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))] }
        queriesPerSecond = Double(sorted.count) / (elapsed / .seconds(1))
        meanMilliseconds = sorted.reduce(0, +) / Double(max(1, sorted.count))
        p50Milliseconds = at(0.5)
        p99Milliseconds = at(0.99)
    }
}
