internal import Foundation

/// Computes the nodes of a column program for a range of documents.
struct ColumnEvaluator {
    /// Values of the documents; where one is invalid, its value means nothing.
    struct Lane<Value> {
        var values: [Value]
        /// Empty: none is.
        var invalid: [Bool] = []

        func map<Other>(_ transform: (Value) -> Other) -> Lane<Other> { Lane<Other>(values: values.map(transform), invalid: invalid) }
    }

    let inputs: ColumnInputs
    let range: Range<Int>

    // MARK: Decimals

    func decimals(_ node: ColumnNode) -> Lane<Double> {
        switch node {
        case .constant(let value): return Lane(values: [Double](repeating: value, count: range.count))
        case .vector(let number): return Lane(values: widened(inputs.vectors.indices.contains(number) ? inputs.vectors[number] : []))
        case .score:
            return Lane(
                values: inputs.scores.isEmpty
                    ? [Double](repeating: Double(inputs.constantScore), count: range.count) : widened(inputs.scores))
        case .value(let number):
            guard inputs.fields.indices.contains(number), case .doubles(let values) = inputs.fields[number].numbers else {
                return none(.nan)
            }
            return Lane(values: part(values, .nan), invalid: missing(number))
        case .widened(let node):
            let lane = longs(node)
            return Lane(values: lane.values.map { Double($0) }, invalid: lane.invalid)
        case .negated(let operand):
            var lane = decimals(operand)
            for index in lane.values.indices { lane.values[index] = -lane.values[index] }
            return lane
        case .binary(let operation, .constant(let left), let right):
            var lane = decimals(right)
            Self.apply(operation, left, &lane.values)
            return lane
        case .binary(let operation, let left, .constant(let right)):
            var lane = decimals(left)
            Self.apply(operation, &lane.values, right)
            return lane
        case .binary(let operation, let left, let right):
            var lane = decimals(left)
            let other = decimals(right)
            Self.apply(operation, &lane.values, other.values)
            lane.invalid = Self.either(lane.invalid, other.invalid)
            return lane
        case .math(.exp, let operand):
            var lane = decimals(operand)
            for index in lane.values.indices { lane.values[index] = exp(lane.values[index]) }
            return lane
        case .math(let function, let operand): return decimals(operand).map { function($0) }
        case .function(let operands, let function):
            let lanes = operands.map(decimals)
            var arguments = [Double](repeating: 0, count: lanes.count)
            var values = [Double](repeating: 0, count: range.count)
            for index in values.indices {
                for number in lanes.indices { arguments[number] = lanes[number].values[index] }
                values[index] = function(arguments)
            }
            return Lane(values: values, invalid: lanes.reduce([]) { Self.either($0, $1.invalid) })
        case .choice(let condition, let first, let second):
            return choose(conditions(condition), decimals(first), decimals(second))
        case .narrow(let node):
            var lane = decimals(node)
            for index in lane.values.indices where abs(lane.values[index]) > Double(Int32.max) { mark(index, &lane.invalid) }
            return lane
        }
    }

    // MARK: Whole numbers

    func longs(_ node: LongNode) -> Lane<Int64> {
        switch node {
        case .constant(let value): return Lane(values: [Int64](repeating: value, count: range.count))
        case .value(let number):
            guard inputs.fields.indices.contains(number), case .longs(let values) = inputs.fields[number].numbers else {
                return none(0)
            }
            return Lane(values: part(values, 0), invalid: missing(number))
        case .binary(let operation, let left, let right):
            var lane = longs(left)
            let other = longs(right)
            lane.invalid = Self.either(lane.invalid, other.invalid)
            switch operation {
            case .add: for index in lane.values.indices { lane.values[index] &+= other.values[index] }
            case .subtract: for index in lane.values.indices { lane.values[index] &-= other.values[index] }
            case .multiply: for index in lane.values.indices { lane.values[index] &*= other.values[index] }
            default:
                for index in lane.values.indices {
                    let divisor = other.values[index]
                    guard divisor != 0 else {
                        mark(index, &lane.invalid)
                        continue
                    }
                    lane.values[index] =
                        operation == .divide
                        ? lane.values[index].dividedReportingOverflow(by: divisor).partialValue
                        : lane.values[index].remainderReportingOverflow(dividingBy: divisor).partialValue
                }
            }
            return lane
        case .negated(let operand): return longs(operand).map { 0 &- $0 }
        case .absolute(let operand): return longs(operand).map { $0 < 0 ? 0 &- $0 : $0 }
        case .extreme(let left, let right, let isMaximum):
            var lane = longs(left)
            let other = longs(right)
            for index in lane.values.indices {
                lane.values[index] = isMaximum ? max(lane.values[index], other.values[index]) : min(lane.values[index], other.values[index])
            }
            lane.invalid = Self.either(lane.invalid, other.invalid)
            return lane
        case .cut(let operand): return decimals(operand).map { ScriptValue.double($0).long }
        case .rounded(let operand): return decimals(operand).map { ScriptValue.double(($0 + 0.5).rounded(.down)).long }
        case .choice(let condition, let first, let second): return choose(conditions(condition), longs(first), longs(second))
        case .narrow(let node):
            var lane = longs(node)
            for index in lane.values.indices where Int32(exactly: lane.values[index]) == nil { mark(index, &lane.invalid) }
            return lane
        }
    }

    // MARK: Conditions

    func conditions(_ node: ConditionNode) -> Lane<Bool> {
        switch node {
        case .constant(let value): return Lane(values: [Bool](repeating: value, count: range.count))
        case .value(let number):
            guard inputs.fields.indices.contains(number), case .longs(let values) = inputs.fields[number].numbers else {
                return none(false)
            }
            return Lane(values: part(values, 0).map { $0 != 0 }, invalid: missing(number))
        case .decimals(let operation, let left, let right):
            let first = decimals(left), second = decimals(right)
            return Lane(
                values: Self.compared(operation, first.values, second.values), invalid: Self.either(first.invalid, second.invalid))
        case .longs(let operation, let left, let right):
            let first = longs(left), second = longs(right)
            return Lane(
                values: Self.compared(operation, first.values, second.values), invalid: Self.either(first.invalid, second.invalid))
        case .not(let operand): return conditions(operand).map { !$0 }
        // What decides alone does not look at the other.
        case .both(let left, let right):
            return choose(conditions(left), conditions(right), Lane(values: [Bool](repeating: false, count: range.count)))
        case .either(let left, let right):
            return choose(conditions(left), Lane(values: [Bool](repeating: true, count: range.count)), conditions(right))
        case .choice(let condition, let first, let second):
            return choose(conditions(condition), conditions(first), conditions(second))
        }
    }

    // MARK: Lanes

    private func choose<Value>(_ condition: Lane<Bool>, _ first: Lane<Value>, _ second: Lane<Value>) -> Lane<Value> {
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

    private static func either(_ left: [Bool], _ right: [Bool]) -> [Bool] {
        if left.isEmpty { return right }
        if right.isEmpty { return left }
        return zip(left, right).map { $0 || $1 }
    }

    private func mark(_ index: Int, _ invalid: inout [Bool]) {
        if invalid.isEmpty { invalid = [Bool](repeating: false, count: range.count) }
        invalid[index] = true
    }

    private func none<Value>(_ value: Value) -> Lane<Value> {
        Lane(values: [Value](repeating: value, count: range.count), invalid: [Bool](repeating: true, count: range.count))
    }

    private func part<Value>(_ values: [Value], _ absent: Value) -> [Value] {
        range.upperBound <= values.count ? Array(values[range]) : [Value](repeating: absent, count: range.count)
    }

    private func missing(_ number: Int) -> [Bool] {
        let missing = inputs.fields[number].missing
        guard range.upperBound <= missing.count else { return [] }
        let part = Array(missing[range])
        return part.contains(true) ? part : []
    }

    private func widened(_ values: [Float]) -> [Double] {
        guard range.upperBound <= values.count else { return [Double](repeating: .nan, count: range.count) }
        return values[range].withUnsafeBufferPointer { source in
            [Double](unsafeUninitializedCapacity: source.count) { result, filled in
                for index in 0..<source.count { result.initializeElement(at: index, to: Double(source[index])) }
                filled = source.count
            }
        }
    }

    // MARK: Operations

    private static func apply(_ operation: Expression.Binary, _ left: Double, _ right: inout [Double]) {
        switch operation {
        case .add: for index in right.indices { right[index] = left + right[index] }
        case .subtract: for index in right.indices { right[index] = left - right[index] }
        case .multiply: for index in right.indices { right[index] = left * right[index] }
        case .divide: for index in right.indices { right[index] = left / right[index] }
        default: for index in right.indices { right[index] = fmod(left, right[index]) }
        }
    }

    private static func apply(_ operation: Expression.Binary, _ left: inout [Double], _ right: Double) {
        switch operation {
        case .add: for index in left.indices { left[index] += right }
        case .subtract: for index in left.indices { left[index] -= right }
        case .multiply: for index in left.indices { left[index] *= right }
        case .divide: for index in left.indices { left[index] /= right }
        default: for index in left.indices { left[index] = fmod(left[index], right) }
        }
    }

    private static func apply(_ operation: Expression.Binary, _ left: inout [Double], _ right: [Double]) {
        let count = min(left.count, right.count)
        switch operation {
        case .add: for index in 0..<count { left[index] += right[index] }
        case .subtract: for index in 0..<count { left[index] -= right[index] }
        case .multiply: for index in 0..<count { left[index] *= right[index] }
        case .divide: for index in 0..<count { left[index] /= right[index] }
        default: for index in 0..<count { left[index] = fmod(left[index], right[index]) }
        }
    }

    private static func compared<Value: Comparable>(_ operation: Expression.Binary, _ left: [Value], _ right: [Value]) -> [Bool] {
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
