/// A decimal for each document.
indirect enum ColumnNode: Sendable {
    case constant(Double)
    /// The value of a vector call.
    case vector(Int)
    case score
    /// A field's value.
    case value(Int)
    case widened(LongNode)
    case binary(Expression.Binary, ColumnNode, ColumnNode)
    case negated(ColumnNode)
    case math(MathFunction, ColumnNode)
    case function([ColumnNode], @Sendable ([Double]) -> Double)
    case choice(ConditionNode, ColumnNode, ColumnNode)
    /// What may stand for 32-bit integers: beyond their range the run of the script tells what it is.
    case narrow(ColumnNode)

    var isConstant: Bool { if case .constant = self { true } else { false } }

    var count: Int {
        switch self {
        case .constant, .vector, .score, .value: 1
        case .widened(let node): node.count
        case .binary(_, let left, let right): 1 + left.count + right.count
        case .negated(let node), .math(_, let node), .narrow(let node): 1 + node.count
        case .function(let nodes, _): nodes.reduce(1) { $0 + $1.count }
        case .choice(let condition, let first, let second): 1 + condition.count + first.count + second.count
        }
    }
}

/// A whole number for each document.
indirect enum LongNode: Sendable {
    case constant(Int64)
    /// A field's value, or the number of its values.
    case value(Int)
    case binary(Expression.Binary, LongNode, LongNode)
    case negated(LongNode)
    case extreme(LongNode, LongNode, isMaximum: Bool)
    case absolute(LongNode)
    /// A decimal, cut.
    case cut(ColumnNode)
    /// The nearest to a decimal, as `Math.round` has it.
    case rounded(ColumnNode)
    case choice(ConditionNode, LongNode, LongNode)
    case narrow(LongNode)

    var count: Int {
        switch self {
        case .constant, .value: 1
        case .binary(_, let left, let right), .extreme(let left, let right, _): 1 + left.count + right.count
        case .negated(let node), .absolute(let node), .narrow(let node): 1 + node.count
        case .cut(let node), .rounded(let node): 1 + node.count
        case .choice(let condition, let first, let second): 1 + condition.count + first.count + second.count
        }
    }
}

/// Yes or no for each document.
indirect enum ConditionNode: Sendable {
    case constant(Bool)
    /// A boolean field's value.
    case value(Int)
    case decimals(Expression.Binary, ColumnNode, ColumnNode)
    case longs(Expression.Binary, LongNode, LongNode)
    case not(ConditionNode)
    case both(ConditionNode, ConditionNode)
    case either(ConditionNode, ConditionNode)
    case choice(ConditionNode, ConditionNode, ConditionNode)

    var count: Int {
        switch self {
        case .constant, .value: 1
        case .decimals(_, let left, let right): 1 + left.count + right.count
        case .longs(_, let left, let right): 1 + left.count + right.count
        case .not(let node): 1 + node.count
        case .both(let left, let right), .either(let left, let right): 1 + left.count + right.count
        case .choice(let condition, let first, let second): 1 + condition.count + first.count + second.count
        }
    }
}
