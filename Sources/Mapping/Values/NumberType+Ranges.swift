extension NumberType {
    func hasDecimals(_ scalar: ScalarValue) -> Bool {
        guard case .scaledFloat = self else {
            return (try? Self.double(scalar)).map { $0 != $0.rounded(.towardZero) } ?? false
        }
        return false
    }

    func range(lower: ScalarBound?, upper: ScalarBound?) throws(ValueError) -> IndexedRange? {
        if isFloatingPoint {
            let first = try lower.map { bound throws(ValueError) in
                let value = bounded(try Self.double(bound.value))
                return bound.isInclusive ? value : next(value, up: true)
            }
            let last = try upper.map { bound throws(ValueError) in
                let value = bounded(try Self.double(bound.value))
                return bound.isInclusive ? value : next(value, up: false)
            }
            let (from, through) = (first ?? -.infinity, last ?? .infinity)
            return from <= through ? .doubles(from...through) : nil
        }
        let first = try lower.map { bound throws(ValueError) in try integerBound(bound, isLower: true) }
        let last = try upper.map { bound throws(ValueError) in try integerBound(bound, isLower: false) }
        let (least, greatest) = (Int128(Int64.min), Int128(Int64.max))
        let (from, through) = (max(first ?? least, least), min(last ?? greatest, greatest))
        guard from <= through else { return nil }
        return .longs(from: Int64(from), through: Int64(through))
    }

    /// A bound in the type's precision; beyond its range it is infinite.
    private func bounded(_ value: Double) -> Double {
        switch self {
        case .float: Double(Float(value))
        case .halfFloat: Double(Float16(value))
        default: value
        }
    }

    /// What stands before the point of a decimal that is not negative, and whether anything but zeros stands after it.
    private static func wholePart(_ text: String) -> (Int128, Bool)? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty && $0.utf8.count < 30 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let whole = Int128(parts[0])
        else { return nil }
        return (whole, parts[1].contains { $0 != "0" })
    }

    /// The outermost integer inside the bound, in the index's terms.
    private func integerBound(_ bound: ScalarBound, isLower: Bool) throws(ValueError) -> Int128 {
        let shift: Int128 = self == .unsignedLong ? 1 << 63 : 0
        if case .scaledFloat = self {
        } else if let whole = Self.wholeNumber(bound.value) {
            return whole - shift + (bound.isInclusive ? 0 : (isLower ? 1 : -1))
        }
        if self == .unsignedLong, case .string(let text) = bound.value, let (whole, hasFraction) = Self.wholePart(text) {
            let inner = hasFraction && isLower ? whole + 1 : whole
            return inner - shift + (hasFraction || bound.isInclusive ? 0 : (isLower ? 1 : -1))
        }
        var value = try Self.double(bound.value)
        if case .scaledFloat(let factor) = self { value *= factor }
        let rounded = value.rounded(isLower ? .up : .down)
        let isExact = rounded == value
        let limit = 1e30
        guard let whole = Int128(exactly: min(max(rounded, -limit), limit)) else {
            throw .outOfRange(bound.value.text, type: name)
        }
        return whole - shift + (isExact && !bound.isInclusive ? (isLower ? 1 : -1) : 0)
    }
}
