internal import SQL

extension SQLLiteral {
    /// Whether a comparison of two constants holds; none does with null, nor between kinds.
    func compares(_ comparison: SQLExpression.Comparison, _ other: SQLLiteral) -> Bool {
        switch (self, other) {
        case (.integer(let left), .integer(let right)): comparison.holds(left, right)
        case (.integer(let left), .double(let right)): comparison.holds(Double(left), right)
        case (.double(let left), .integer(let right)): comparison.holds(left, Double(right))
        case (.double(let left), .double(let right)): comparison.holds(left, right)
        case (.string(let left), .string(let right)): comparison.holds(left, right)
        case (.boolean(let left), .boolean(let right)): comparison.holds(left ? 1 : 0, right ? 1 : 0)
        default: false
        }
    }
}

extension SQLExpression.Comparison {
    fileprivate func holds<Value: Comparable>(_ left: Value, _ right: Value) -> Bool {
        switch self {
        case .equal: left == right
        case .notEqual: left != right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}
