public import JSON
internal import Query
internal import SQL

/// A search whose buckets are rows.
public struct SQLGroups: Sendable {
    struct Key: Equatable, Sendable {
        var name: String
        var field: SQLSchema.Field
        var isAscending = true
        var isNullFirst: Bool?
    }

    struct Order: Sendable {
        var value: SQLValue
        var isAscending: Bool
        var isNullFirst: Bool
    }

    /// A row, and what it is sorted by.
    public struct Row: Sendable {
        public var values: [JSONValue]
        var sort: [JSONValue]
    }

    var outputs: [SQLValue]
    /// Members of the search's body that no page changes.
    var search: JSONMembers
    /// In the order of buckets; none: one bucket holds all.
    var keys: [Key]
    var metrics: SQLMetrics
    /// Takes some of the buckets; nil: all.
    var selector: JSONValue?
    /// Set where all buckets have to be seen before the first row is known.
    var order: [Order] = []
    /// What dates are shown in.
    var zone = ZoneRule.utc

    /// Rows that are brought in order.
    public static let maximumSorted = SQLPlanner.maximumSortedGroups

    public var isSorted: Bool { !order.isEmpty }
    /// Whether there is one bucket at most.
    public var isSingle: Bool { keys.isEmpty }
    /// Whether an answer may have fewer buckets than were asked for, and there are more.
    public var isSelective: Bool { selector != nil }

    private static let name = "groupby"

    /// The body of one page's search.
    ///
    /// - Parameters:
    ///   - pointInTime: nil: the documents as of now.
    ///   - after: `after(in:)` of the page before.
    public func body(size: Int, pointInTime: SQLPlan.PointInTime? = nil, after: JSONValue? = nil) -> JSONMembers {
        var body: JSONMembers = ["size": 0]
        for member in search { body[member.key] = member.value }
        var inner = metrics.definitions
        if let selector { inner["having"] = selector }
        var buckets: JSONMembers = isSingle
            ? ["filters": ["filters": [["match_all": [:]]], "other_bucket": false]] : ["composite": composite(size, after)]
        if !inner.isEmpty { buckets["aggregations"] = .object(inner) }
        body["aggregations"] = .object([Self.name: .object(buckets)])
        body["track_total_hits"] = false
        body["pit"] = pointInTime?.json
        return body
    }

    private func composite(_ size: Int, _ after: JSONValue?) -> JSONValue {
        var composite: JSONMembers = ["size": .int(size)]
        composite["sources"] = .array(
            keys.map { key in
                var terms: JSONMembers = [
                    "field": .string(key.field.exactPath ?? key.field.path), "missing_bucket": true,
                    "order": key.isAscending ? "asc" : "desc",
                ]
                if let isNullFirst = key.isNullFirst { terms["missing_order"] = isNullFirst ? "first" : "last" }
                return .object([key.name: ["terms": .object(terms)]])
            })
        composite["after"] = after
        return .object(composite)
    }

    /// Where the next page begins; nil at the end.
    ///
    /// - Parameter response: the body of a search's answer.
    public func after(in response: JSONValue) -> JSONValue? { response["aggregations"]?[Self.name]?["after_key"] }

    /// The groups of one page, in the order of the composite aggregation.
    public func rows(of response: JSONValue) -> [Row] {
        let buckets = response["aggregations"]?[Self.name]?["buckets"]?.array ?? []
        return buckets.map { bucket in
            Row(values: outputs.map { value($0, bucket) }, sort: order.map { value($0.value, bucket) })
        }
    }

    private func value(_ value: SQLValue, _ bucket: JSONValue) -> JSONValue {
        switch value {
        case .literal(let literal): return literal.json
        case .field(let field):
            let key = keys.first { $0.field == field }.flatMap { bucket["key"]?[$0.name] }
            return shown(key ?? .null, field.type)
        case .score: return .null
        case .count, .countOf, .countDistinct, .metric: return shown(metrics.value(value, in: bucket), value.type)
        }
    }

    /// Dates come in milliseconds.
    private func shown(_ value: JSONValue, _ type: SQLType) -> JSONValue {
        guard type == .datetime, case .int(let moment) = value else { return value }
        return .string(SQLDates.text(milliseconds: Int64(moment), zone))
    }

    // MARK: Order

    /// The first rows in the order that is asked for; those that are equal in that of buckets.
    ///
    /// - Complexity: O(*n* log *n*).
    public func sorted(_ rows: [Row], limit: Int?) -> [Row] {
        let sorted = rows.enumerated().sorted { left, right in
            for (index, order) in order.enumerated() {
                let (a, b) = (left.element.sort[index], right.element.sort[index])
                if a == b { continue }
                if a == .null || b == .null { return (a == .null) == order.isNullFirst }
                if a.precedes(b) { return order.isAscending }
                if b.precedes(a) { return !order.isAscending }
            }
            return left.offset < right.offset
        }
        return sorted.prefix(limit ?? .max).map(\.element)
    }
}

extension JSONValue {
    /// Whether it comes before a value of the same column.
    fileprivate func precedes(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.int(let left), .int(let right)): left < right
        case (.string(let left), .string(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.bool(let left), .bool(let right)): !left && right
        default: (number ?? 0) < (other.number ?? 0)
        }
    }

    private var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .unsigned(let value): Double(value)
        case .double(let value): value
        case .float(let value): Double(value)
        case .null, .bool, .string, .array, .floats, .object, .raw: nil
        }
    }
}
