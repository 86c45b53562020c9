internal import Foundation

extension ScriptValue {
    /// The wider of two numeric types, as Java promotes operands.
    enum NumericType: Int {
        case int, long, float, double
    }

    var numericType: NumericType? {
        switch self {
        case .int, .char: .int
        case .long: .long
        case .float: .float
        case .double: .double
        case .null, .bool, .string, .list, .map, .object: nil
        }
    }

    /// The value of a number, rounded to a double; 0 for what is none.
    var double: Double {
        switch self {
        case .int(let value): Double(value)
        case .char(let value): Double(value)
        case .long(let value): Double(value)
        case .float(let value): Double(value)
        case .double(let value): value
        case .null, .bool, .string, .list, .map, .object: 0
        }
    }

    /// The value of a number as Java casts it to `long`; 0 for what is none.
    var long: Int64 {
        switch self {
        case .int(let value): Int64(value)
        case .char(let value): Int64(value)
        case .long(let value): value
        case .float(let value): Self.long(Double(value))
        case .double(let value): Self.long(value)
        case .null, .bool, .string, .list, .map, .object: 0
        }
    }

    /// Of a decimal, cut and kept in range; of an integer, its low bits.
    var int: Int32 {
        switch self {
        case .float(let value): Self.int(Double(value))
        case .double(let value): Self.int(value)
        default: Int32(truncatingIfNeeded: long)
        }
    }

    private static func long(_ value: Double) -> Int64 {
        if value.isNaN { return 0 }
        return Int64(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }

    private static func int(_ value: Double) -> Int32 {
        if value.isNaN { return 0 }
        return Int32(exactly: value.rounded(.towardZero)) ?? (value < 0 ? .min : .max)
    }

    /// `left operation right` with Java's promotion: integers wrap, division of integers cuts.
    static func arithmetic(
        _ operation: Expression.Binary, _ left: ScriptValue, _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        guard let first = left.numericType, let second = right.numericType else {
            if left.isNull || right.isNull { throw .nullReference(nil) }
            throw .cannotApply(operation: operation.rawValue, left: left.typeName, right: right.typeName)
        }
        switch first.rawValue > second.rawValue ? first : second {
        case .int: return .int(try integers(operation, left.int, right.int))
        case .long: return .long(try integers(operation, left.long, right.long))
        case .float: return .float(Float(try decimals(operation, left.double, right.double, isFloat: true)))
        case .double: return .double(try decimals(operation, left.double, right.double, isFloat: false))
        }
    }

    private static func integers<Integer: FixedWidthInteger>(
        _ operation: Expression.Binary, _ left: Integer, _ right: Integer
    ) throws(ScriptFault) -> Integer {
        switch operation {
        case .add: return left &+ right
        case .subtract: return left &- right
        case .multiply: return left &* right
        case .divide:
            guard right != 0 else { throw .divisionByZero }
            return left.dividedReportingOverflow(by: right).partialValue
        case .remainder:
            guard right != 0 else { throw .divisionByZero }
            return left.remainderReportingOverflow(dividingBy: right).partialValue
        default: throw .cannotApply(operation: operation.rawValue, left: "int", right: "int")
        }
    }

    private static func decimals(
        _ operation: Expression.Binary, _ left: Double, _ right: Double, isFloat: Bool
    ) throws(ScriptFault) -> Double {
        switch operation {
        case .add: return left + right
        case .subtract: return left - right
        case .multiply: return left * right
        case .divide: return left / right
        case .remainder: return fmod(left, right)
        default: throw .cannotApply(operation: operation.rawValue, left: "double", right: "double")
        }
    }

    static func bits(
        _ operation: Expression.Binary, _ left: ScriptValue, _ right: ScriptValue
    ) throws(ScriptFault) -> ScriptValue {
        if case (.bool(let left), .bool(let right)) = (left, right) {
            switch operation {
            case .and: return .bool(left && right)
            case .or: return .bool(left || right)
            case .exclusiveOr: return .bool(left != right)
            default: break
            }
        }
        guard let first = left.numericType, let second = right.numericType, first.rawValue <= 1, second.rawValue <= 1 else {
            if left.isNull || right.isNull { throw .nullReference(nil) }
            throw .cannotApply(operation: operation.rawValue, left: left.typeName, right: right.typeName)
        }
        let isShift = operation == .shiftLeft || operation == .shiftRight || operation == .shiftRightUnsigned
        if first == .long || (!isShift && second == .long) {
            let (a, b) = (left.long, right.long)
            switch operation {
            case .and: return .long(a & b)
            case .or: return .long(a | b)
            case .exclusiveOr: return .long(a ^ b)
            case .shiftLeft: return .long(a &<< b)
            case .shiftRight: return .long(a &>> b)
            default: return .long(Int64(bitPattern: UInt64(bitPattern: a) &>> UInt64(bitPattern: b)))
            }
        }
        let (a, b) = (left.int, right.int)
        switch operation {
        case .and: return .int(a & b)
        case .or: return .int(a | b)
        case .exclusiveOr: return .int(a ^ b)
        case .shiftLeft: return .int(a &<< b)
        case .shiftRight: return .int(a &>> b)
        default: return .int(Int32(bitPattern: UInt32(bitPattern: a) &>> UInt32(bitPattern: b)))
        }
    }

    /// `<`, `<=`, `>`, `>=` of numbers.
    static func compare(
        _ operation: Expression.Binary, _ left: ScriptValue, _ right: ScriptValue
    ) throws(ScriptFault) -> Bool {
        guard let first = left.numericType, let second = right.numericType else {
            if left.isNull || right.isNull { throw .nullReference(nil) }
            throw .cannotApply(operation: operation.rawValue, left: left.typeName, right: right.typeName)
        }
        if first.rawValue <= 1, second.rawValue <= 1 {
            let (a, b) = (left.long, right.long)
            switch operation {
            case .less: return a < b
            case .lessOrEqual: return a <= b
            case .greater: return a > b
            default: return a >= b
            }
        }
        let (a, b) = (left.double, right.double)
        switch operation {
        case .less: return a < b
        case .lessOrEqual: return a <= b
        case .greater: return a > b
        default: return a >= b
        }
    }
}
