extension NumberType {
    /// What the integer types hold; nil for the others.
    var integerRange: ClosedRange<Int64>? {
        switch self {
        case .byte: Int64(Int8.min)...Int64(Int8.max)
        case .short: Int64(Int16.min)...Int64(Int16.max)
        case .integer: Int64(Int32.min)...Int64(Int32.max)
        case .long: Int64.min...Int64.max
        case .unsignedLong, .halfFloat, .float, .double, .scaledFloat: nil
        }
    }

    /// The value as the index holds it: cut to an integer if the type is one and decimals are coerced.
    func indexedValue(_ scalar: ScalarValue, coerces: Bool) throws(ValueError) -> IndexedValue {
        if case .string = scalar, !coerces { throw .notANumber(scalar.text) }
        switch self {
        case .byte, .short, .integer, .long, .unsignedLong: return .long(try integer(scalar, cuts: coerces))
        case .halfFloat, .float, .double: return .double(try rounded(try Self.double(scalar), of: scalar))
        case .scaledFloat(let factor):
            let scaled = (try Self.double(scalar) * factor).rounded(.toNearestOrAwayFromZero)
            guard let value = Int64(exactly: scaled) else { throw .outOfRange(scalar.text, type: name) }
            return .long(value)
        }
    }

    private func integer(_ scalar: ScalarValue, cuts: Bool) throws(ValueError) -> Int64 {
        if let unsigned = Self.wholeNumber(scalar) {
            if self == .unsignedLong, let value = UInt64(exactly: unsigned) { return Self.ordered(value) }
            guard let range = integerRange, let value = Int64(exactly: unsigned), range.contains(value) else {
                throw .outOfRange(scalar.text, type: name)
            }
            return value
        }
        let decimal = try Self.double(scalar)
        let whole = decimal.rounded(.towardZero)
        guard cuts || whole == decimal else { throw .hasDecimalPart(scalar.text) }
        if self == .unsignedLong {
            guard whole == decimal else { throw .hasDecimalPart(scalar.text) }
            guard let value = UInt64(exactly: whole) else { throw .outOfRange(scalar.text, type: name) }
            return Self.ordered(value)
        }
        guard let value = Int64(exactly: whole), let range = integerRange, range.contains(value) else {
            throw .outOfRange(scalar.text, type: name)
        }
        return value
    }

    /// Rounds to the precision of the type.
    func rounded(_ value: Double, of scalar: ScalarValue) throws(ValueError) -> Double {
        let result =
            switch self {
            case .halfFloat: Double(Self.halfPrecision(value))
            case .float: Double(Float(value))
            default: value
            }
        guard result.isFinite else { throw .outOfRange(scalar.text, type: name) }
        return result == 0 ? 0 : result
    }

    /// The neighbour of a value in the precision of the type.
    func next(_ value: Double, up: Bool) -> Double {
        switch self {
        case .halfFloat: Double(up ? Self.halfPrecision(value).nextUp : Self.halfPrecision(value).nextDown)
        case .float: Double(up ? Float(value).nextUp : Float(value).nextDown)
        default: up ? value.nextUp : value.nextDown
        }
    }

    private static func halfPrecision(_ value: Double) -> Float16 { Float16(value) }

    /// `unsigned_long` in the order of signed integers.
    static func ordered(_ value: UInt64) -> Int64 { Int64(bitPattern: value ^ 1 << 63) }

    /// A value written as a whole number, wide enough for all of them.
    static func wholeNumber(_ scalar: ScalarValue) -> Int128? {
        switch scalar {
        case .integer(let value): Int128(value)
        case .unsigned(let value): Int128(value)
        case .string(let text): Int64(text).map { Int128($0) } ?? UInt64(text).map { Int128($0) }
        case .double, .boolean: nil
        }
    }

    static func double(_ scalar: ScalarValue) throws(ValueError) -> Double {
        switch scalar {
        case .integer(let value): return Double(value)
        case .unsigned(let value): return Double(value)
        case .double(let value): return value
        case .boolean: throw .notANumber(scalar.text)
        case .string(let text):
            // Double(_:) also reads hexadecimal, "inf" and "nan", which are no numbers here.
            let allowed = text.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte)
            }
            guard allowed, let value = Double(text) else { throw .notANumber(text) }
            return value
        }
    }
}
