/// `MovingFunctions`, of `moving_fn` aggregations.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-pipeline-movfn-aggregation
struct MovingFunctions {
    let name: String
    let arguments: [ScriptValue]
    let run: Interpreter

    /// - Returns: nil if there is no such function.
    func value() throws(ScriptFault) -> ScriptValue? {
        guard let first = arguments.first else { return nil }
        var values: [Double] = []
        for element in try run.elements(of: first) where element.numericType != nil && !element.double.isNaN {
            values.append(element.double)
        }
        try run.budget.charge(values.count)
        switch (name, arguments.count) {
        case ("max", 1): return .double(values.max() ?? .nan)
        case ("min", 1): return .double(values.min() ?? .nan)
        case ("sum", 1): return .double(values.reduce(0, +))
        case ("unweightedAvg", 1): return .double(values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count))
        case ("stdDev", 2):
            guard !values.isEmpty else { return .double(.nan) }
            let average = arguments[1].double
            let squares = values.reduce(0) { $0 + ($1 - average) * ($1 - average) }
            return .double((squares / Double(values.count)).squareRoot())
        case ("linearWeightedAvg", 1):
            guard !values.isEmpty else { return .double(.nan) }
            // As Elasticsearch begins: weights from 1, their sum too.
            var sum = 0.0, weights = 1.0
            for (index, value) in values.enumerated() {
                sum += value * Double(index + 1)
                weights += Double(index + 1)
            }
            return .double(sum / weights)
        case ("ewma", 2): return .double(Self.smoothed(values, arguments[1].double))
        case ("holt", 3): return .double(Self.trend(values, arguments[1].double, arguments[2].double))
        case ("holtWinters", 6):
            guard case .bool(let isMultiplicative) = arguments[5] else { return nil }
            return .double(
                Self.seasonal(
                    values, alpha: arguments[1].double, beta: arguments[2].double, gamma: arguments[3].double,
                    period: try run.index(arguments[4]), isMultiplicative: isMultiplicative))
        default: return nil
        }
    }

    private static func smoothed(_ values: [Double], _ alpha: Double) -> Double {
        guard let first = values.first else { return .nan }
        return values.dropFirst().reduce(first) { alpha * $1 + (1 - alpha) * $0 }
    }

    private static func trend(_ values: [Double], _ alpha: Double, _ beta: Double) -> Double {
        guard let first = values.first else { return .nan }
        // As in Elasticsearch, the trend begins flat.
        var level = first, slope = 0.0
        for value in values.dropFirst() {
            let former = level
            level = alpha * value + (1 - alpha) * (level + slope)
            slope = beta * (level - former) + (1 - beta) * slope
        }
        return level
    }

    private static func seasonal(
        _ values: [Double], alpha: Double, beta: Double, gamma: Double, period: Int, isMultiplicative: Bool
    ) -> Double {
        guard period > 0, period <= values.count / 2 else { return .nan }
        // Zeros cannot be divided by.
        let padding = isMultiplicative ? 0.000_000_000_1 : 0
        let values = values.map { $0 + padding }
        var level = 0.0, slope = 0.0
        for index in 0..<period {
            level += values[index]
            slope += (values[index + period] - values[index]) / Double(period)
        }
        level /= Double(period)
        slope /= Double(period)
        var seasons = values.indices.map { index in
            index >= period ? 0 : isMultiplicative ? values[index] / level : values[index] - level
        }
        if !(slope.isFinite && level.isFinite) { return .nan }
        for index in period..<values.count {
            let former = level, season = seasons[index - period]
            level =
                alpha * (isMultiplicative ? values[index] / season : values[index] - season) + (1 - alpha) * (former + slope)
            slope = beta * (level - former) + (1 - beta) * slope
            let seen = isMultiplicative ? values[index] / (former + slope) : values[index] - former - slope
            seasons[index] = gamma * seen + (1 - gamma) * season
        }
        let season = seasons[values.count - period]
        return isMultiplicative ? (level + slope) * season : level + slope + season
    }
}
