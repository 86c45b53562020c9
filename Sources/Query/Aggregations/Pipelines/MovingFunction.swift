/// A call of one of the functions that `moving_fn` has: `MovingFunctions.ewma(values, 0.3)`.
///
/// Source: https://www.elastic.co/docs/reference/aggregations/search-aggregations-pipeline-movfn-aggregation
public struct MovingFunction: Equatable, Sendable {
    enum Name: String, CaseIterable {
        case max, min, sum, stdDev, unweightedAvg, linearWeightedAvg, ewma, holt, holtWinters
    }

    indirect enum Argument: Equatable {
        case values
        case number(Double)
        case boolean(Bool)
        case call(MovingFunction)
    }

    let name: Name
    let arguments: [Argument]

    /// - Returns: nil for a script that is more than such calls.
    public init?(_ script: String) {
        var text = Substring(script.filter { !$0.isWhitespace })
        if text.hasPrefix("return") { text = text.dropFirst(6) }
        if text.hasSuffix(";") { text = text.dropLast() }
        guard let call = Self.call(&text, depth: 0), text.isEmpty else { return nil }
        self = call
    }

    private init(name: Name, arguments: [Argument]) {
        self.name = name
        self.arguments = arguments
    }

    private static func call(_ text: inout Substring, depth: Int) -> MovingFunction? {
        let prefix = "MovingFunctions."
        guard depth < 4, text.hasPrefix(prefix), let open = text.firstIndex(of: "(") else { return nil }
        guard let name = Name(rawValue: String(text[..<open].dropFirst(prefix.count))) else { return nil }
        text = text[text.index(after: open)...]
        var arguments: [Argument] = []
        while let argument = argument(&text, depth: depth) {
            arguments.append(argument)
            guard let next = text.popFirst() else { return nil }
            if next == ")" { return arguments.first == .values ? MovingFunction(name: name, arguments: arguments) : nil }
            guard next == "," else { return nil }
        }
        return nil
    }

    private static func argument(_ text: inout Substring, depth: Int) -> Argument? {
        if text.hasPrefix("MovingFunctions.") { return call(&text, depth: depth + 1).map { .call($0) } }
        let word = text.prefix { $0 != "," && $0 != ")" }
        text = text[word.endIndex...]
        switch word {
        case "values": return .values
        case "true": return .boolean(true)
        case "false": return .boolean(false)
        default: return Double(word).map { .number($0) }
        }
    }

    // MARK: Running

    /// - Parameter numbers: of a window, the oldest first.
    func value(_ numbers: [Double]) -> Double {
        let values = numbers.filter { !$0.isNaN }
        switch name {
        case .max: return values.max() ?? .nan
        case .min: return values.min() ?? .nan
        case .sum: return values.isEmpty ? 0 : values.reduce(0, +)
        case .unweightedAvg: return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
        case .stdDev:
            guard !values.isEmpty else { return .nan }
            let mean = number(1, numbers) ?? .nan
            return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)).squareRoot()
        case .linearWeightedAvg:
            guard !values.isEmpty else { return .nan }
            let weights = Double(values.count * (values.count + 1) / 2)
            // As Elasticsearch divides: by one more than the sum of the weights.
            return values.enumerated().reduce(0) { $0 + $1.element * Double($1.offset + 1) } / (weights + 1)
        case .ewma: return Self.smoothed(values, number(1, numbers) ?? 0.3)
        case .holt: return Self.trended(values, number(1, numbers) ?? 0.3, number(2, numbers) ?? 0.1)
        case .holtWinters: return seasonal(values, numbers)
        }
    }

    private func number(_ index: Int, _ numbers: [Double]) -> Double? {
        guard arguments.indices.contains(index) else { return nil }
        switch arguments[index] {
        case .number(let value): return value
        case .call(let call): return call.value(numbers)
        case .boolean(let flag): return flag ? 1 : 0
        case .values: return nil
        }
    }

    private static func smoothed(_ values: [Double], _ alpha: Double) -> Double {
        guard var average = values.first else { return .nan }
        for value in values.dropFirst() { average = value * alpha + average * (1 - alpha) }
        return average
    }

    private static func trended(_ values: [Double], _ alpha: Double, _ beta: Double) -> Double {
        guard var level = values.first else { return .nan }
        var trend = 0.0
        for value in values.dropFirst() {
            let last = level
            level = alpha * value + (1 - alpha) * (last + trend)
            trend = beta * (level - last) + (1 - beta) * trend
        }
        return level
    }

    /// Holt's method with seasons that repeat (Winters, 1960); needs two of them.
    private func seasonal(_ values: [Double], _ numbers: [Double]) -> Double {
        let alpha = number(1, numbers) ?? 0.3, beta = number(2, numbers) ?? 0.1, gamma = number(3, numbers) ?? 0.3
        let period = Int(number(4, numbers).map { min(max($0, 1), 1e6) } ?? 1)
        let isMultiplicative = (number(5, numbers) ?? 0) != 0
        guard values.count >= 2 * period else { return .nan }
        // A little is added so that nothing is divided by zero.
        let padded = isMultiplicative ? values.map { $0 + 1e-10 } : values
        var level = padded[..<period].reduce(0, +) / Double(period)
        // As in Elasticsearch, the trend begins flat, and seasons are parts of the level in either mode.
        var trend = 0.0
        var season = [Double](repeating: 0, count: padded.count)
        if level != 0 { for index in 0..<period { season[index] = padded[index] / level } }
        for index in period..<padded.count {
            let last = level, before = season[index - period]
            level = alpha * (isMultiplicative ? padded[index] / before : padded[index] - before) + (1 - alpha) * (last + trend)
            let own = isMultiplicative ? padded[index] / (last + trend) : padded[index] - (last - trend)
            season[index] = gamma * own + (1 - gamma) * before
            trend = beta * (level - last) + (1 - beta) * trend
        }
        let next = season[padded.count - period]
        return isMultiplicative ? (level + trend) * next : level + trend + next
    }
}
