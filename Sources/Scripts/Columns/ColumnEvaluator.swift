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
}
