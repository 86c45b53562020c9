internal import Glibc
internal import Query

/// The functions' values of many documents, becoming one each.
struct FunctionTotals {
    let mode: FunctionScoreQuery.ScoreMode
    private var values: [Double]
    private var weights: [Double]
    private var isSet: [Bool]

    init(mode: FunctionScoreQuery.ScoreMode, count: Int) {
        self.mode = mode
        values = [Double](repeating: 1, count: count)
        weights = [Double](repeating: 0, count: mode == .avg ? count : 0)
        isSet = [Bool](repeating: false, count: count)
    }

    mutating func add(_ value: Double, weight: Double, to rank: Int) {
        if mode == .avg { weights[rank] += weight }
        guard isSet[rank] else {
            isSet[rank] = true
            values[rank] = value
            return
        }
        switch mode {
        case .multiply: values[rank] *= value
        case .sum, .avg: values[rank] += value
        case .first: break
        case .max: values[rank] = max(values[rank], value)
        case .min: values[rank] = min(values[rank], value)
        }
    }

    /// 1 where no function applies.
    func value(_ rank: Int) -> Double {
        mode == .avg && isSet[rank] && weights[rank] != 0 ? values[rank] / weights[rank] : values[rank]
    }
}
