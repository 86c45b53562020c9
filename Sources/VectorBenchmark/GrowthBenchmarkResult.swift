internal import Glibc
public import JSON

/// An index of one size.
public struct GrowthBenchmarkResult: Equatable, Sendable {
    /// What a search costs, seconds on one thread, and finds.
    public struct Point: Equatable, Sendable {
        public let ef: Double
        public let recall: Double
        public let seconds: Double
    }

    public let form: VectorBenchmark.Form
    public let rows: Int
    /// The recall that is held.
    public let recall: Double
    public let buildSeconds: Double
    /// From a checkpoint to an index that answers; the file system has the files in memory.
    public let openSeconds: Double
    public let residentBytesPerVector: Double
    /// For rising ef, up to the first that reaches the recall.
    public let points: [Point]

    /// Where the curve reaches the recall: between two points the logarithm of time is taken as linear in recall.
    ///
    /// - Returns: the first point, if that is beyond; nil if none reaches it.
    public var held: Point? {
        guard let upper = points.firstIndex(where: { $0.recall >= recall }) else { return nil }
        guard upper > 0 else { return points[upper] }
        let (a, b) = (points[upper - 1], points[upper])
        let part = (recall - a.recall) / (b.recall - a.recall)
        return Point(
            ef: a.ef * pow(b.ef / a.ef, part), recall: recall, seconds: a.seconds * pow(b.seconds / a.seconds, part))
    }

    /// `{"form", "rows", "recall", "ef", "microseconds", "build_seconds", "build_vectors_per_second", "open_seconds",
    /// "resident_bytes_per_vector", "points": [{"ef", "recall", "microseconds"}]}`; without "ef" and "microseconds" if
    /// the recall was not reached.
    public var json: JSONValue {
        func members(_ point: Point) -> [(String, JSONValue)] {
            [("ef", .double(point.ef.rounded(digits: 1))), ("microseconds", .double((point.seconds * 1e6).rounded(digits: 1)))]
        }
        return .object(
            JSONMembers(
                [("form", .string(form.rawValue)), ("rows", .int(rows)), ("recall", .double(recall))]
                    + (held.map(members) ?? [])
                    + [
                        ("build_seconds", .double(buildSeconds.rounded(digits: 2))),
                        ("build_vectors_per_second", .double((Double(rows) / buildSeconds).rounded())),
                        ("open_seconds", .double(openSeconds.rounded(digits: 4))),
                        ("resident_bytes_per_vector", .double(residentBytesPerVector.rounded(digits: 1))),
                        (
                            "points",
                            .array(
                                points.map {
                                    .object(JSONMembers(members($0) + [("recall", .double($0.recall.rounded(digits: 4)))]))
                                })
                        ),
                    ]))
    }
}
