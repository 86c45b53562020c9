internal import JSON
internal import Mapping
internal import Query
internal import SQL

/// The script of a `HAVING`, and what it is given.
struct SQLHaving {
    private var paths: [(name: String, path: String)] = []
    private var constants: [(String, JSONValue)] = []

    /// The name of a value of the bucket.
    mutating func variable(_ path: String) -> String {
        if let known = paths.first(where: { $0.path == path }) { return "params." + known.name }
        let name = "a\(paths.count)"
        paths.append((name, path))
        return "params." + name
    }

    mutating func constant(_ value: JSONValue) -> String {
        let name = "v\(constants.count)"
        constants.append((name, value))
        return "params." + name
    }

    func aggregation(_ script: String) -> JSONValue {
        [
            "bucket_selector": [
                "buckets_path": .object(JSONMembers(paths.map { ($0.name, .string($0.path)) })), "gap_policy": "skip",
                "script": ["source": .string(script), "lang": "painless", "params": .object(JSONMembers(constants))],
            ]
        ]
    }
}

extension SQLPlanner {
    /// A side of a comparison: its expression, and whether it has a value.
    private typealias Operand = (text: String, isThere: String?)

    /// A condition on groups as an expression of Painless, which is false where a value is missing, negated or not.
    mutating func having(
        _ expression: SQLExpression, isNegated: Bool, _ script: inout SQLHaving, _ metrics: inout SQLMetrics
    ) -> String {
        switch expression.kind {
        case .not(let inner): return having(inner, isNegated: !isNegated, &script, &metrics)
        case .and(let parts), .or(let parts):
            var isAnd = isNegated
            if case .and = expression.kind { isAnd.toggle() }
            var texts: [String] = []
            for part in parts { texts.append(having(part, isNegated: isNegated, &script, &metrics)) }
            return "(" + texts.joined(separator: isAnd ? " && " : " || ") + ")"
        case .comparison(let comparison, let left, let right):
            let type = type(of: [left, right])
            guard let left = operand(left, type, &script, &metrics), let right = operand(right, type, &script, &metrics) else { return "false" }
            let sign = (isNegated ? comparison.opposite : comparison).painless
            return conjunction([left.isThere, right.isThere, "\(left.text) \(sign) \(right.text)"])
        case .between(let value, let low, let high):
            let type = type(of: [value, low, high])
            guard let value = operand(value, type, &script, &metrics), let low = operand(low, type, &script, &metrics),
                let high = operand(high, type, &script, &metrics)
            else { return "false" }
            let inside = "(\(value.text) >= \(low.text) && \(value.text) <= \(high.text))"
            return conjunction([value.isThere, low.isThere, high.isThere, isNegated ? "!" + inside : inside])
        case .isIn(let value, let list):
            let type = type(of: [value] + list)
            guard let value = operand(value, type, &script, &metrics) else { return "false" }
            var tests: [String] = []
            for item in list {
                guard let item = operand(item, type, &script, &metrics) else {
                    if isNegated { return "false" }
                    continue
                }
                tests.append(conjunction([item.isThere, "\(value.text) == \(item.text)"]))
            }
            let any = "(" + (tests.isEmpty ? "false" : tests.joined(separator: " || ")) + ")"
            return conjunction([value.isThere, isNegated ? "!" + any : any])
        case .isNull(let value):
            guard let value = operand(value, nil, &script, &metrics) else { return "false" }
            guard let isThere = value.isThere else { return isNegated ? "true" : "false" }
            return isNegated ? isThere : "!(\(isThere))"
        case .like, .rlike, .literal, .column, .star, .call:
            problems.add(expression.source, "Condition expression must be a comparison of numbers, found [\(expression.source.text)]")
            return "false"
        }
    }

    private func conjunction(_ parts: [String?]) -> String {
        let parts = parts.compactMap(\.self)
        return parts.count == 1 ? parts[0] : "(" + parts.joined(separator: " && ") + ")"
    }

    /// The type of what constants are compared with.
    private func type(of expressions: [SQLExpression]) -> SQLType? {
        var quiet = self
        for expression in expressions {
            if let value = quiet.value(expression, in: .having), value.isAggregate { return value.type }
        }
        return nil
    }

    /// - Returns: nil for null, and for what is wrong.
    private mutating func operand(
        _ expression: SQLExpression, _ type: SQLType?, _ script: inout SQLHaving, _ metrics: inout SQLMetrics
    ) -> Operand? {
        guard let value = value(expression, in: .having) else { return nil }
        let source = expression.source
        switch value {
        case .literal(.null): return nil
        case .literal(let literal):
            guard let number = literal.number(type, zone) else {
                problems.add(source, "cannot cast [\(source.text)] to [\((type ?? .double).rawValue)]")
                return nil
            }
            return (script.constant(number), nil)
        case .count, .countOf, .countDistinct, .metric:
            metrics.add(value)
            guard let path = metrics.path(of: value) else { return nil }
            return (script.variable(path.value), path.count.map { script.variable($0) + " > 0" })
        case .field, .score:
            problems.add(source, "Cannot use HAVING filter on non-aggregate [\(source.text)]; use WHERE instead")
            return nil
        }
    }
}

extension SQLLiteral {
    /// As buckets have it: dates in milliseconds.
    fileprivate func number(_ type: SQLType?, _ zone: ZoneRule) -> JSONValue? {
        switch self {
        case .integer(let value): .int(Int(value))
        case .double(let value): .double(value)
        case .string(let text):
            type == .datetime
                ? SQLDates.milliseconds(text, zone).map { .int(Int($0)) } : Double(text).flatMap { $0.isFinite ? .double($0) : nil }
        case .null, .boolean: nil
        }
    }
}

extension SQLExpression.Comparison {
    fileprivate var painless: String { self == .equal ? "==" : rawValue }
}
