internal import Foundation

/// `Math`'s functions of one number.
enum MathFunction: String {
    case sqrt, cbrt, exp, log, log10, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, floor, ceil, signum, rint
    case toRadians, toDegrees, expm1, log1p

    func callAsFunction(_ value: Double) -> Double {
        switch self {
        case .sqrt: value.squareRoot()
        case .cbrt: Foundation.cbrt(value)
        case .exp: Foundation.exp(value)
        case .log: Foundation.log(value)
        case .log10: Foundation.log10(value)
        case .sin: Foundation.sin(value)
        case .cos: Foundation.cos(value)
        case .tan: Foundation.tan(value)
        case .asin: Foundation.asin(value)
        case .acos: Foundation.acos(value)
        case .atan: Foundation.atan(value)
        case .sinh: Foundation.sinh(value)
        case .cosh: Foundation.cosh(value)
        case .tanh: Foundation.tanh(value)
        case .floor: value.rounded(.down)
        case .ceil: value.rounded(.up)
        case .rint: value.rounded(.toNearestOrEven)
        case .signum: value.isNaN || value == 0 ? value : value < 0 ? -1 : 1
        case .toRadians: value / 180 * .pi
        case .toDegrees: value * 180 / .pi
        case .expm1: Foundation.expm1(value)
        case .log1p: Foundation.log1p(value)
        }
    }

    /// Java's `max` and `min`: NaN if one is.
    static func extreme(_ left: Double, _ right: Double, isMaximum: Bool) -> Double {
        if left.isNaN || right.isNaN { return .nan }
        return isMaximum ? Swift.max(left, right) : Swift.min(left, right)
    }
}
