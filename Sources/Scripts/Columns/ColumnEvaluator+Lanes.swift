internal import Foundation

/// What is done to whole lanes.
extension ColumnEvaluator {
    func choose<Value>(_ condition: Lane<Bool>, _ first: Lane<Value>, _ second: Lane<Value>) -> Lane<Value> {
        var result = second
        for index in condition.values.indices where condition.values[index] { result.values[index] = first.values[index] }
        if condition.invalid.isEmpty, first.invalid.isEmpty, second.invalid.isEmpty { return result }
        result.invalid = condition.values.indices.map { index in
            if !condition.invalid.isEmpty, condition.invalid[index] { return true }
            let chosen = condition.values[index] ? first.invalid : second.invalid
            return !chosen.isEmpty && chosen[index]
        }
        return result
    }

    static func either(_ left: [Bool], _ right: [Bool]) -> [Bool] {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        return zip(left, right).map { $0 || $1 }
    }

    func mark(_ index: Int, _ invalid: inout [Bool]) {
        if invalid.isEmpty { invalid = [Bool](repeating: false, count: range.count) }
        invalid[index] = true
    }

    func none<Value>(_ value: Value) -> Lane<Value> {
        Lane(values: [Value](repeating: value, count: range.count), invalid: [Bool](repeating: true, count: range.count))
    }

    func part<Value>(_ values: [Value], _ absent: Value) -> [Value] {
        range.upperBound <= values.count ? Array(values[range]) : [Value](repeating: absent, count: range.count)
    }

    func missing(_ number: Int) -> [Bool] {
        let missing = inputs.fields[number].missing
        guard range.upperBound <= missing.count else { return [] }
        let part = Array(missing[range])
        return part.contains(true) ? part : []
    }

    func widened(_ values: [Float]) -> [Double] {
        guard range.upperBound <= values.count else { return [Double](repeating: .nan, count: range.count) }
        return values[range].withUnsafeBufferPointer { source in
            [Double](unsafeUninitializedCapacity: source.count) { result, filled in
                for index in 0..<source.count { result.initializeElement(at: index, to: Double(source[index])) }
                filled = source.count
            }
        }
    }

    static func apply(_ operation: Expression.Binary, _ left: Double, _ right: inout [Double]) {
        switch operation {
        case .add: for index in right.indices { right[index] = left + right[index] }
        case .subtract: for index in right.indices { right[index] = left - right[index] }
        case .multiply: for index in right.indices { right[index] = left * right[index] }
        case .divide: for index in right.indices { right[index] = left / right[index] }
        default: for index in right.indices { right[index] = fmod(left, right[index]) }
        }
    }

    static func apply(_ operation: Expression.Binary, _ left: inout [Double], _ right: Double) {
        switch operation {
        case .add: for index in left.indices { left[index] += right }
        case .subtract: for index in left.indices { left[index] -= right }
        case .multiply: for index in left.indices { left[index] *= right }
        case .divide: for index in left.indices { left[index] /= right }
        default: for index in left.indices { left[index] = fmod(left[index], right) }
        }
    }

    static func apply(_ operation: Expression.Binary, _ left: inout [Double], _ right: [Double]) {
        let count = min(left.count, right.count)
        switch operation {
        case .add: for index in 0..<count { left[index] += right[index] }
        case .subtract: for index in 0..<count { left[index] -= right[index] }
        case .multiply: for index in 0..<count { left[index] *= right[index] }
        case .divide: for index in 0..<count { left[index] /= right[index] }
        default: for index in 0..<count { left[index] = fmod(left[index], right[index]) }
        }
    }

    static func compared<Value: Comparable>(_ operation: Expression.Binary, _ left: [Value], _ right: [Value]) -> [Bool] {
        let pairs = zip(left, right)
        return switch operation {
        case .less: pairs.map { $0 < $1 }
        case .lessOrEqual: pairs.map { $0 <= $1 }
        case .greater: pairs.map { $0 > $1 }
        case .greaterOrEqual: pairs.map { $0 >= $1 }
        case .notEqual, .notIdentical: pairs.map { $0 != $1 }
        default: pairs.map { $0 == $1 }
        }
    }
}
