internal import JSON
internal import SQL

/// Rows that are documents.
extension SQLPlanner {
    mutating func hits(
        _ outputs: [Output], _ orders: [(order: SQLSelect.Order, value: SQLValue)], _ query: JSONValue?
    ) -> SQLHits {
        var search = search(query)
        search["_source"] = false
        var fields: [SQLSchema.Field] = []
        for case .field(let field) in outputs.map(\.value) where !fields.contains(field) { fields.append(field) }
        if !fields.isEmpty { search["fields"] = .array(fields.map(\.request)) }
        var sort: [JSONValue] = []
        for (order, value) in orders {
            if let key = self.sort(order, value) { sort.append(key) }
        }
        if outputs.contains(where: { $0.value == .score }) { search["track_scores"] = true }
        return SQLHits(outputs: outputs.map(\.value), search: search, sort: sort.isEmpty ? nil : sort)
    }

    private mutating func sort(_ order: SQLSelect.Order, _ value: SQLValue) -> JSONValue? {
        let direction: JSONValue = order.isAscending ? "asc" : "desc"
        switch value {
        case .score: return ["_score": ["order": direction]]
        case .field(let field):
            let start = "ORDER BY cannot be applied to field of data type [\(field.type.rawValue)]"
            guard field.type.isSortable else { return wrong(order.expression.source, start) }
            guard let path = exactPath(field, order.expression.source, start + ":") else { return nil }
            let options: JSONValue = [
                "order": direction, "missing": order.isNullFirst ? "_first" : "_last",
                "unmapped_type": .string(field.type == .text ? "keyword" : field.family),
            ]
            return .object([path: options])
        case .literal, .count, .countOf, .countDistinct, .metric:
            problems.add(order.expression.source, "Cannot order by [\(order.expression.source.text)]")
            return nil
        }
    }

    /// The members of a search that all kinds of rows need.
    func search(_ query: JSONValue?) -> JSONMembers {
        var members = JSONMembers()
        switch (query, filter) {
        case (nil, nil): break
        case (let query?, nil): members["query"] = query
        case (nil, let filter?): members["query"] = ["bool": ["filter": [filter]]]
        case (let query?, let filter?): members["query"] = ["bool": ["must": [query], "filter": [filter]]]
        }
        members["runtime_mappings"] = runtime
        return members
    }
}

extension SQLSchema.Field {
    /// What a search is asked for, so that the value can be shown.
    fileprivate var request: JSONValue {
        switch type {
        case .datetime: ["field": .string(path), "format": .string(SQLDates.formatName)]
        default: ["field": .string(path)]
        }
    }
}
