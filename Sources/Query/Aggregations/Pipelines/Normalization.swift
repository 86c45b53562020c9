internal import Glibc

extension PipelineAggregation.Normalization {
    /// The numbers brought to a common scale; gaps stay, and count for nothing.
    ///
    /// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-pipeline-normalize-aggregation
    func normalized(_ numbers: [Double]) -> [Double] {
        let known = numbers.filter { !$0.isNaN }
        guard let least = known.min(), let greatest = known.max() else { return numbers }
        let sum = known.reduce(0, +), mean = sum / Double(known.count)
        switch self {
        case .rescale01: return numbers.map { ($0 - least) / (greatest - least) }
        case .rescale0100: return numbers.map { 100 * ($0 - least) / (greatest - least) }
        case .percentOfSum: return numbers.map { $0 / sum }
        case .mean: return numbers.map { ($0 - mean) / (greatest - least) }
        case .zScore:
            let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(known.count)
            return numbers.map { ($0 - mean) / variance.squareRoot() }
        case .softmax:
            let total = known.reduce(0) { $0 + exp($1) }
            return numbers.map { exp($0) / total }
        }
    }
}
