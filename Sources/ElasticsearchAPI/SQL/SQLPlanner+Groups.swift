internal import JSON
internal import SQL

/// Rows that are buckets.
extension SQLPlanner {
    /// Buckets that are seen all before the first row is known.
    static let maximumSortedGroups = 65_535

    mutating func groups(
        _ outputs: [Output], _ orders: [(order: SQLSelect.Order, value: SQLValue)], _ query: JSONValue?
    ) -> SQLGroups {
        let keys = keys(outputs)
        let expected = keys.map(\.field.path).joined(separator: ", ")
        var metrics = SQLMetrics()
        for output in outputs {
            metrics.add(output.value)
            if isOfGroups(output.value, keys) { continue }
            problems.add(output.source, "Cannot use non-grouped column [\(output.source.text)], expected [\(expected)]")
        }
        for (order, value) in orders {
            metrics.add(value)
            if isOfGroups(value, keys) { continue }
            var isField = false
            if case .field = value { isField = true }
            problems.add(
                order.expression.source,
                "Cannot order by non-grouped column [\(order.expression.source.text)], expected [\(expected)]"
                    + (isField ? "" : " or an aggregate function"))
        }
        var having = SQLHaving()
        let script = select.having.map { self.having($0, isNegated: false, &having, &metrics) }
        var search = search(query)
        search["_source"] = false
        var groups = SQLGroups(outputs: outputs.map(\.value), search: search, keys: keys, metrics: metrics)
        if let script { groups.selector = having.aggregation(script) }
        order(&groups, orders)
        return groups
    }

    private func isOfGroups(_ value: SQLValue, _ keys: [SQLGroups.Key]) -> Bool {
        switch value {
        case .field(let field): keys.contains { $0.field == field }
        case .score: false
        case .literal, .count, .countOf, .countDistinct, .metric: true
        }
    }

    private mutating func keys(_ outputs: [Output]) -> [SQLGroups.Key] {
        let clause = "GROUP BY " + select.groups.map(\.source.text).joined(separator: ", ")
        var keys: [SQLGroups.Key] = []
        for group in select.groups {
            let bound: SQLValue?
            var source = group.source
            if let place = ordinal(group, clause, outputs) {
                guard let output = place else { continue }
                if output.value.isAggregate {
                    problems.add(
                        source,
                        "Ordinal [\(source.text)] in [\(clause)] refers to an invalid argument, aggregate function [\(output.source.text)]")
                    continue
                }
                bound = output.value
                source = output.source
            } else {
                bound = value(group, in: .groups)
            }
            switch bound {
            case .field(let field)?: if let key = key(field, source, number: keys.count), !keys.contains(where: { $0.field == field }) { keys.append(key) }
            case let value? where value.isAggregate:
                problems.add(source, "Cannot use an aggregate [\(source.text.prefix { $0 != "(" })] for grouping")
            case .some: problems.add(source, "Cannot use [\(source.text)] for grouping")
            case nil: break
            }
        }
        return keys
    }

    private mutating func key(_ field: SQLSchema.Field, _ source: SQLSource, number: Int) -> SQLGroups.Key? {
        let start = "Field [\(field.path)] of data type [\(field.type.rawValue)] cannot be used for grouping"
        guard exactPath(field, source, start + ";") != nil else { return nil }
        guard field.type.isSortable else {
            problems.add(source, start)
            return nil
        }
        return SQLGroups.Key(name: "g\(number)", field: field)
    }

    /// Buckets come in the order of their keys; any other order takes all of them.
    private mutating func order(_ groups: inout SQLGroups, _ orders: [(order: SQLSelect.Order, value: SQLValue)]) {
        guard !groups.keys.isEmpty else { return }
        if orders.contains(where: \.value.isAggregate) {
            groups.order = orders.map { .init(value: $0.value, isAscending: $0.order.isAscending, isNullFirst: $0.order.isNullFirst) }
            if let limit = select.limit, limit > Self.maximumSortedGroups, let first = orders.first {
                problems.add(
                    first.order.expression.source,
                    "The maximum LIMIT for aggregate sorting is [\(Self.maximumSortedGroups)], received [\(limit)]")
            }
            return
        }
        var sorted: [SQLGroups.Key] = []
        for (order, value) in orders {
            guard case .field(let field) = value, let index = groups.keys.firstIndex(where: { $0.field == field }) else { continue }
            var key = groups.keys.remove(at: index)
            key.isAscending = order.isAscending
            key.isNullFirst = order.isNullFirst
            sorted.append(key)
        }
        groups.keys = sorted + groups.keys
    }
}
