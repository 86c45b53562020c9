internal import Foundation

/// Painless's functions for scores.
///
/// Source: https://www.elastic.co/docs/reference/query-languages/query-dsl/query-dsl-script-score-query
enum ScoreFunction {
    case saturation, sigmoid
    case decay(Decay, Kind)
    /// Of a Lucene expression: a function of `Math`.
    case math(MathFunction)
    case pow, maximum, minimum, absolute

    enum Decay: String { case Linear, Exp, Gauss }
    enum Kind: String { case Numeric, Geo, Date }

    init?(_ name: String) {
        switch name {
        case "saturation": self = .saturation
        case "sigmoid": self = .sigmoid
        case "pow": self = .pow
        case "max": self = .maximum
        case "min": self = .minimum
        case "abs": self = .absolute
        default:
            if let function = MathFunction(rawValue: name) {
                self = .math(function)
                return
            }
            guard name.hasPrefix("decay") else { return nil }
            let rest = name.dropFirst(5)
            for kind in [Kind.Numeric, .Geo, .Date] where rest.hasPrefix(kind.rawValue) {
                guard let decay = Decay(rawValue: String(rest.dropFirst(kind.rawValue.count))) else { return nil }
                self = .decay(decay, kind)
                return
            }
            return nil
        }
    }

    static let painless: [String: ClosedRange<Int>] = [
        "saturation": 2...2, "sigmoid": 3...3, "decayNumericLinear": 5...5, "decayNumericExp": 5...5,
        "decayNumericGauss": 5...5, "decayGeoLinear": 5...5, "decayGeoExp": 5...5, "decayGeoGauss": 5...5,
        "decayDateLinear": 5...5, "decayDateExp": 5...5, "decayDateGauss": 5...5,
    ]

    static let expression: [String: ClosedRange<Int>] = [
        "sqrt": 1...1, "exp": 1...1, "log10": 1...1, "ln": 1...1, "abs": 1...1, "floor": 1...1, "ceil": 1...1, "sin": 1...1,
        "cos": 1...1, "tan": 1...1, "pow": 2...2, "max": 2...2, "min": 2...2,
    ]

    /// The function of plain numbers; nil for those of dates and points.
    func value(_ x: [Double]) -> Double? {
        switch self {
        case .saturation: x[0] / (x[1] + x[0])
        case .sigmoid: Foundation.pow(x[0], x[2]) / (Foundation.pow(x[1], x[2]) + Foundation.pow(x[0], x[2]))
        case .math(let function): function(x[0])
        case .pow: Foundation.pow(x[0], x[1])
        case .maximum: MathFunction.extreme(x[0], x[1], isMaximum: true)
        case .minimum: MathFunction.extreme(x[0], x[1], isMaximum: false)
        case .absolute: Swift.abs(x[0])
        case .decay(let decay, .Numeric): decay.value(distance: Swift.abs(x[4] - x[0]), scale: x[1], offset: x[2], decay: x[3])
        case .decay: nil
        }
    }

    func value(_ arguments: [ScriptValue]) throws(ScriptFault) -> Double {
        switch self {
        case .decay(let decay, .Geo):
            guard let origin = Self.point(arguments[0]), let scale = Self.metres(arguments[1]),
                let offset = Self.metres(arguments[2]), case .object(let point as PointObject) = arguments[4]
            else { throw .unusableValue("decay") }
            let distance = point.distance(latitude: origin.latitude, longitude: origin.longitude)
            return decay.value(distance: distance, scale: scale, offset: offset, decay: arguments[3].double)
        case .decay(let decay, .Date):
            guard case .string(let text) = arguments[0], let origin = DateObject(parsing: text),
                let scale = Self.milliseconds(arguments[1]), let offset = Self.milliseconds(arguments[2]),
                case .object(let date as DateObject) = arguments[4]
            else { throw .unusableValue("decay") }
            let distance = Swift.abs(Double(date.milliseconds) - Double(origin.milliseconds))
            return decay.value(distance: distance, scale: scale, offset: offset, decay: arguments[3].double)
        default:
            var numbers: [Double] = []
            for argument in arguments {
                guard argument.numericType != nil else { throw .cannotCast(from: argument.typeName, to: "double") }
                numbers.append(argument.double)
            }
            guard let value = value(numbers) else { throw .unusableValue("decay") }
            return value
        }
    }

    private static func point(_ value: ScriptValue) -> (latitude: Double, longitude: Double)? {
        guard case .string(let text) = value else { return nil }
        let parts = text.split(separator: ",").map { Double($0.trimmingCharacters(in: .whitespaces)) }
        guard parts.count == 2, let latitude = parts[0], let longitude = parts[1] else { return nil }
        return (latitude, longitude)
    }

    private static func quantity(_ value: ScriptValue, _ units: [(String, Double)], plain: Double?) -> Double? {
        if value.numericType != nil { return plain.map { value.double * $0 } }
        guard case .string(let text) = value else { return nil }
        for (unit, factor) in units where text.hasSuffix(unit) {
            return Double(text.dropLast(unit.utf8.count).trimmingCharacters(in: .whitespaces)).map { $0 * factor }
        }
        return Double(text).flatMap { number in plain.map { number * $0 } }
    }

    private static func metres(_ value: ScriptValue) -> Double? {
        quantity(
            value,
            [("km", 1000), ("cm", 0.01), ("mm", 0.001), ("mi", 1609.344), ("yd", 0.9144), ("ft", 0.3048), ("in", 0.0254), ("m", 1)],
            plain: 1)
    }

    private static func milliseconds(_ value: ScriptValue) -> Double? {
        quantity(value, [("ms", 1), ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000)], plain: nil)
            ?? (value.numericType != nil || value.isZeroText ? value.double : nil)
    }
}

extension ScriptValue {
    fileprivate var isZeroText: Bool { if case .string("0") = self { true } else { false } }
}

extension ScoreFunction.Decay {
    /// 1 up to `offset`, `decay` at `scale` beyond it.
    func value(distance: Double, scale: Double, offset: Double, decay: Double) -> Double {
        let beyond = Swift.max(0, distance - offset)
        return switch self {
        case .Linear: Swift.max(0, (scale / (1 - decay) - beyond) / (scale / (1 - decay)))
        case .Exp: Foundation.exp(Foundation.log(decay) / scale * beyond)
        case .Gauss: Foundation.exp(beyond * beyond / (2 * (scale * scale / (2 * Foundation.log(decay)))))
        }
    }
}
