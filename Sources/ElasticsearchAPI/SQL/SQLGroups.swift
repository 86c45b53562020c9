public import Indices
public import JSON
internal import Mapping
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

    /// The body of the first page's search.
    ///
    /// - Parameter pointInTime: nil: the documents as of now.
    func body(size: Int, in pointInTime: SearchOptions.PointInTime? = nil) -> JSONMembers {
        var body: JSONMembers = ["size": 0]
        for member in search { body[member.key] = member.value }
        var inner = metrics.definitions
        if let selector { inner["having"] = selector }
        var buckets: JSONMembers = isSingle
            ? ["filters": ["filters": [["match_all": [:]]], "other_bucket": false]] : ["composite": composite(size)]
        if !inner.isEmpty { buckets["aggregations"] = .object(inner) }
        body["aggregations"] = .object([Self.name: .object(buckets)])
        body["track_total_hits"] = false
        body["pit"] = pointInTime?.json
        return body
    }

    private func composite(_ size: Int) -> JSONValue {
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
        return .object(composite)
    }

    // MARK: Pages

    /// Sets how many buckets a search is to find.
    public func resize(_ request: inout SearchRequest, to size: Int) {
        Self.change(&request) { $0.size = size }
    }

    /// Sets a search to what follows an answer to it.
    ///
    /// - Returns: false at the end.
    public func advance(_ request: inout SearchRequest, past response: SearchResponse) -> Bool {
        guard let (plan, result) = Self.found(response), case .composite(let composite) = plan.kind, case .buckets(let buckets) = result,
            let last = buckets.lastKeys ?? buckets.buckets.last?.keys
        else { return false }
        var after: [String: QueryValue?] = [:]
        for (source, key) in zip(composite.sources, last) { after[source.name] = .some(QueryValue(source.json(key))) }
        Self.change(&request) { $0.after = after }
        return true
    }

    private static func change(_ request: inout SearchRequest, _ body: (inout CompositeAggregation) -> Void) {
        guard case .composite(var composite)? = request.search.aggregations.first?.kind else { return }
        body(&composite)
        request.search.aggregations[0].kind = .composite(composite)
    }

    private static func found(_ response: SearchResponse) -> (AggregationPlan, AggregationResult)? {
        guard let answer = response.aggregations, let plan = answer.plans.first, let result = answer.results.first else { return nil }
        return (plan, result)
    }

    /// The groups that a search found, in the order of the composite aggregation.
    public func rows(of response: SearchResponse) -> [Row] {
        guard let (plan, result) = Self.found(response) else { return [] }
        let columns = outputs.map { column($0, plan) }, sort = order.map { column($0.value, plan) }
        func row(_ keys: [BucketKey?], _ count: Int, _ results: [AggregationResult]) -> Row {
            let bucket = SQLBucket(keys: keys, count: count, results: results)
            return Row(values: columns.map { $0.value(in: bucket, zone) }, sort: sort.map { $0.value(in: bucket, zone) })
        }
        switch result {
        case .buckets(let found): return found.buckets.map { row($0.keys, $0.count, $0.results) }
        case .slots(let slots): return slots.map { row([], $0.count, $0.results) }
        default: return []
        }
    }

    private func column(_ value: SQLValue, _ plan: AggregationPlan) -> SQLBucket.Column {
        let isDate = value.type == .datetime
        switch value {
        case .literal(let literal): return .constant(literal.json)
        case .field(let field):
            guard case .composite(let composite) = plan.kind, let name = keys.first(where: { $0.field == field })?.name,
                let place = composite.sources.firstIndex(where: { $0.name == name })
            else { return .constant(.null) }
            return .key(place, composite.sources[place], isDate: isDate)
        case .score: return .constant(.null)
        case .count: return .count
        case .countOf, .countDistinct, .metric:
            guard let name = metrics.name(of: value), let place = plan.subplans.firstIndex(where: { $0.name == name }) else {
                return .constant(.null)
            }
            if case .metric(let metric, _) = value { return .metric(metric, place, isWhole: value.type.isWhole || isDate, isDate: isDate) }
            return .counted(place)
        }
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
