internal import Foundation

/// A script that is arithmetic of vector functions, constants and the query's score: computed for many documents at
/// once, an operation after the other, over a few hundred documents at a time.
final class ColumnProgram: Sendable {
    indirect enum Node: Sendable {
        case constant(Double)
        /// The value of a vector call.
        case column(Int)
        case score
        case binary(Expression.Binary, Node, Node)
        case negated(Node)
        case math(MathFunction, Node)
        case function([Node], @Sendable ([Double]) -> Double)
        case choice(Node, Node, Node)
    }

    /// Fits the nearest cache with the columns between.
    static let chunk = 1024

    private let root: Node

    /// - Returns: nil for a script that is more than that.
    init?(_ compiled: CompiledScript, sites: [Int?]) {
        var builder = ColumnBuilder(compiled: compiled, sites: sites)
        guard let root = builder.build() else { return nil }
        self.root = root
    }

    func run(_ values: [[Float]], scores: [Float], constantScore: Float, count: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: count) { result, filled in
            while filled < count {
                let range = filled..<min(filled + Self.chunk, count)
                let column = evaluate(root, range, values, scores, constantScore)
                column.withUnsafeBufferPointer { column in
                    let target = UnsafeMutableBufferPointer(rebasing: result[range])
                    for index in 0..<min(column.count, range.count) { target.initializeElement(at: index, to: Float(column[index])) }
                }
                filled = range.upperBound
            }
        }
    }

    /// A part of a column, widened.
    private static func widened(_ values: [Float], _ range: Range<Int>) -> [Double] {
        guard range.upperBound <= values.count else { return [Double](repeating: .nan, count: range.count) }
        return values[range].withUnsafeBufferPointer { source in
            [Double](unsafeUninitializedCapacity: source.count) { result, filled in
                for index in 0..<source.count { result.initializeElement(at: index, to: Double(source[index])) }
                filled = source.count
            }
        }
    }

    private func evaluate(
        _ node: Node, _ range: Range<Int>, _ values: [[Float]], _ scores: [Float], _ constantScore: Float
    ) -> [Double] {
        func column(_ node: Node) -> [Double] { evaluate(node, range, values, scores, constantScore) }
        switch node {
        case .constant(let value): return [Double](repeating: value, count: range.count)
        case .column(let number): return Self.widened(values[number], range)
        case .score:
            return scores.isEmpty ? [Double](repeating: Double(constantScore), count: range.count) : Self.widened(scores, range)
        case .negated(let operand):
            var column = column(operand)
            for index in column.indices { column[index] = -column[index] }
            return column
        case .binary(let operation, .constant(let left), let right): return Self.apply(operation, left, column(right))
        case .binary(let operation, let left, .constant(let right)): return Self.apply(operation, column(left), right)
        case .binary(let operation, let left, let right): return Self.apply(operation, column(left), column(right))
        case .math(.exp, let operand):
            var column = column(operand)
            for index in column.indices { column[index] = exp(column[index]) }
            return column
        case .math(let function, let operand): return column(operand).map { function($0) }
        case .function(let operands, let function):
            let columns = operands.map(column)
            return (0..<range.count).map { index in function(columns.map { $0[index] }) }
        case .choice(let condition, let first, let second):
            let condition = column(condition), first = column(first), second = column(second)
            return condition.indices.map { condition[$0] != 0 ? first[$0] : second[$0] }
        }
    }

    private static func apply(_ operation: Expression.Binary, _ left: Double, _ right: [Double]) -> [Double] {
        var result = right
        switch operation {
        case .add: for index in result.indices { result[index] = left + result[index] }
        case .subtract: for index in result.indices { result[index] = left - result[index] }
        case .multiply: for index in result.indices { result[index] = left * result[index] }
        case .divide: for index in result.indices { result[index] = left / result[index] }
        default: for index in result.indices { result[index] = value(operation, left, result[index]) }
        }
        return result
    }

    private static func apply(_ operation: Expression.Binary, _ left: [Double], _ right: Double) -> [Double] {
        var result = left
        switch operation {
        case .add: for index in result.indices { result[index] += right }
        case .subtract: for index in result.indices { result[index] -= right }
        case .multiply: for index in result.indices { result[index] *= right }
        case .divide: for index in result.indices { result[index] /= right }
        default: for index in result.indices { result[index] = value(operation, result[index], right) }
        }
        return result
    }

    private static func apply(_ operation: Expression.Binary, _ left: [Double], _ right: [Double]) -> [Double] {
        var result = left
        let count = min(left.count, right.count)
        switch operation {
        case .add: for index in 0..<count { result[index] += right[index] }
        case .subtract: for index in 0..<count { result[index] -= right[index] }
        case .multiply: for index in 0..<count { result[index] *= right[index] }
        case .divide: for index in 0..<count { result[index] /= right[index] }
        default: for index in 0..<count { result[index] = value(operation, result[index], right[index]) }
        }
        return result
    }

    /// Comparisons give 1 or 0.
    private static func value(_ operation: Expression.Binary, _ left: Double, _ right: Double) -> Double {
        switch operation {
        case .remainder: fmod(left, right)
        case .less: left < right ? 1 : 0
        case .lessOrEqual: left <= right ? 1 : 0
        case .greater: left > right ? 1 : 0
        case .greaterOrEqual: left >= right ? 1 : 0
        case .equal, .identical: left == right ? 1 : 0
        case .notEqual, .notIdentical: left != right ? 1 : 0
        default: .nan
        }
    }
}
