/// What a pipeline found.
public enum PipelineValue: Equatable, Sendable {
    /// Not a number where there is none.
    case number(Double)
    case whole(Int)
    /// With the change by a unit of time.
    case derivative(Double, normalized: Double?)
    /// With the keys of the buckets that have it.
    case extreme(Double, keys: [String])
    case statistics(MetricSummary, sigma: Double?)
    case percentiles([(percent: Double, value: Double)], isKeyed: Bool)

    public static func == (left: PipelineValue, right: PipelineValue) -> Bool {
        switch (left, right) {
        case (.number(let a), .number(let b)): a == b || a.isNaN && b.isNaN
        case (.whole(let a), .whole(let b)): a == b
        case (.derivative(let a, let c), .derivative(let b, let d)): (a == b || a.isNaN && b.isNaN) && c == d
        case (.extreme(let a, let c), .extreme(let b, let d)): a == b && c == d
        case (.statistics(let a, let c), .statistics(let b, let d)): a == b && c == d
        case (.percentiles(let a, let c), .percentiles(let b, let d)):
            c == d && a.count == b.count && zip(a, b).allSatisfy { $0 == $1 }
        default: false
        }
    }

    /// The number where there is one alone.
    var single: Double? {
        switch self {
        case .number(let value), .derivative(let value, _), .extreme(let value, _): value
        case .whole(let value): Double(value)
        case .statistics, .percentiles: nil
        }
    }

    /// One of several, by its name.
    func value(_ name: String) -> Double? {
        switch self {
        case .derivative(let value, let normalized): name == "normalized_value" ? normalized : name == "value" ? value : nil
        case .number, .whole, .extreme: name == "value" ? single : nil
        case .statistics(let summary, _): summary.value(name)
        case .percentiles(let values, _): Double(name).flatMap { percent in values.first { $0.percent == percent }?.value }
        }
    }
}
