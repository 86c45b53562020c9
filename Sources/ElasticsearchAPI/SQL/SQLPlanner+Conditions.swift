internal import JSON
internal import SQL

/// Conditions of rows as queries.
extension SQLPlanner {
    /// - Parameter isNegated: the rows that do not match, as Elasticsearch has it: comparisons turn round, and other queries are
    ///   `must_not`, which those match that have no value.
    /// - Returns: nil where something is wrong with it.
    mutating func query(_ expression: SQLExpression, isNegated: Bool) -> JSONValue? {
        switch expression.kind {
        case .not(let inner): return query(inner, isNegated: !isNegated)
        case .and(let parts), .or(let parts):
            var isAnd = isNegated
            if case .and = expression.kind { isAnd.toggle() }
            var queries: [JSONValue] = []
            for part in parts { if let query = query(part, isNegated: isNegated) { queries.append(query) } }
            return ["bool": .object([isAnd ? "must" : "should": .array(queries)])]
        case .comparison(let comparison, let left, let right): return self.comparison(comparison, left, right, expression.source, isNegated)
        case .between(let value, let low, let high): return between(value, low, high, expression.source, isNegated)
        case .isIn(let value, let list): return isIn(value, list, expression.source, isNegated)
        case .like(let value, let pattern):
            guard let path = text(value, expression.source) else { return nil }
            return Self.negated(
                isNegated,
                pattern.exact.map { ["term": .object([path: ["value": .string($0)]])] }
                    ?? ["wildcard": .object([path: ["wildcard": .string(pattern.wildcard)]])])
        case .rlike(let value, let pattern):
            guard let path = text(value, expression.source) else { return nil }
            return Self.negated(isNegated, ["regexp": .object([path: ["value": .string(pattern)]])])
        case .isNull(let value):
            switch self.value(value, in: .condition) {
            case .field(let field)?: return Self.negated(!isNegated, ["exists": ["field": .string(field.path)]])
            case .literal(let literal)?: return Self.constant((literal == .null) != isNegated)
            case nil: return nil
            case .some: return wrong(value.source, "[\(expression.source.text)] needs a column")
            }
        case .literal(.boolean(let flag)): return Self.constant(flag != isNegated)
        case .call(let name, let arguments, _) where name == "MATCH" || name == "QUERY":
            return fullText(name, arguments, expression.source).map { Self.negated(isNegated, $0) }
        case .column, .call, .literal, .star: return flag(expression, isNegated)
        }
    }

    static func negated(_ isNegated: Bool, _ query: JSONValue) -> JSONValue {
        isNegated ? ["bool": ["must_not": [query]]] : query
    }

    static func constant(_ holds: Bool) -> JSONValue { holds ? ["match_all": [:]] : ["match_none": [:]] }

    mutating func wrong(_ source: SQLSource, _ reason: String) -> JSONValue? {
        problems.add(source, reason)
        return nil
    }

    /// A boolean column is a condition.
    private mutating func flag(_ expression: SQLExpression, _ isNegated: Bool) -> JSONValue? {
        guard let value = value(expression, in: .condition) else { return nil }
        guard case .field(let field) = value, field.type == .boolean else {
            return wrong(expression.source, "Condition expression must be boolean, found [\(value.type.rawValue.uppercased())]")
        }
        return Self.negated(isNegated, ["term": .object([field.path: ["value": true]])])
    }

    // MARK: Comparisons

    private mutating func comparison(
        _ comparison: SQLExpression.Comparison, _ left: SQLExpression, _ right: SQLExpression, _ source: SQLSource, _ isNegated: Bool
    ) -> JSONValue? {
        guard let leftValue = value(left, in: .condition), let rightValue = value(right, in: .condition) else { return nil }
        switch (leftValue, rightValue) {
        case (.field(let field), .literal(let literal)):
            return compare(field, isNegated ? comparison.opposite : comparison, literal, right.source, source)
        case (.literal(let literal), .field(let field)):
            return compare(field, (isNegated ? comparison.opposite : comparison).mirrored, literal, left.source, source)
        case (.literal(let first), .literal(let second)):
            return Self.constant(first.compares(isNegated ? comparison.opposite : comparison, second))
        case (.field, .field):
            return wrong(
                source,
                "Comparisons against fields are not (currently) supported; offender [\(right.source.text)] in [\(source.text)]")
        default: return wrong(source, "[\(source.text)] cannot be a condition of rows")
        }
    }

    private mutating func compare(
        _ field: SQLSchema.Field, _ comparison: SQLExpression.Comparison, _ literal: SQLLiteral, _ place: SQLSource, _ source: SQLSource
    ) -> JSONValue? {
        guard let path = comparable(field, source), let value = constant(literal, field, place) else { return nil }
        // Nothing compares with null.
        guard value != .null else { return Self.constant(false) }
        switch comparison {
        case .equal: return equal(path, field, value)
        case .notEqual: return Self.negated(true, equal(path, field, value))
        case .less: return range(path, field, ["lt": value])
        case .lessOrEqual: return range(path, field, ["lte": value])
        case .greater: return range(path, field, ["gt": value])
        case .greaterOrEqual: return range(path, field, ["gte": value])
        }
    }

    private func equal(_ path: String, _ field: SQLSchema.Field, _ value: JSONValue) -> JSONValue {
        field.type == .datetime ? range(path, field, ["gte": value, "lte": value]) : ["term": .object([path: ["value": value]])]
    }

    private func range(_ path: String, _ field: SQLSchema.Field, _ bounds: JSONMembers) -> JSONValue {
        var bounds = bounds
        if field.type == .datetime { bounds["format"] = .string(SQLDates.formatName) }
        return ["range": .object([path: .object(bounds)])]
    }

    private mutating func between(
        _ value: SQLExpression, _ low: SQLExpression, _ high: SQLExpression, _ source: SQLSource, _ isNegated: Bool
    ) -> JSONValue? {
        guard let field = field(value, source), let path = comparable(field, source),
            let lowest = constant(low, field), let highest = constant(high, field)
        else { return nil }
        guard lowest != .null, highest != .null else { return Self.constant(false) }
        return Self.negated(isNegated, range(path, field, ["gte": lowest, "lte": highest]))
    }

    private mutating func isIn(
        _ value: SQLExpression, _ list: [SQLExpression], _ source: SQLSource, _ isNegated: Bool
    ) -> JSONValue? {
        guard let field = field(value, source), let path = comparable(field, source) else { return nil }
        var values: [JSONValue] = []
        for item in list {
            guard let constant = constant(item, field) else { return nil }
            values.append(constant)
        }
        // Whether a value is not among those with null cannot be known.
        if isNegated, values.contains(.null) { return Self.constant(false) }
        let known = values.filter { $0 != .null }
        if known.isEmpty { return Self.constant(false) }
        guard field.type == .datetime else { return Self.negated(isNegated, ["terms": .object([path: .array(known)])]) }
        // A field may have a format in which `terms` could not read these dates.
        return Self.negated(isNegated, ["bool": ["should": .array(known.map { equal(path, field, $0) })]])
    }
}
