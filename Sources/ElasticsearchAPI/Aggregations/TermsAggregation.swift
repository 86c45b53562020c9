internal import JSON
internal import Query

extension AggregationDecoder {
    private enum Key: String, BodyKey {
        case field
        case size
        case shardSize = "shard_size"
        case minimumCount = "min_doc_count"
        case shardMinimumCount = "shard_min_doc_count"
        case order
        case missing
        case include
        case exclude
        case format
        case showError = "show_term_doc_count_error"
        case executionHint = "execution_hint"
        case collectMode = "collect_mode"
        case valueType = "value_type"
    }

    func terms(_ body: Field) throws(ParseError) -> TermsAggregation {
        var name: String?
        var terms = TermsAggregation(field: "")
        for (key, field) in try body.value.fields(Key.self, of: .object("terms")) {
            switch key {
            case .field: name = try field.string()
            case .size:
                terms.size = try field.int()
                guard terms.size > 0 else {
                    throw .argument("[size] must be greater than 0. Found [\(terms.size)] in [terms]", at: field.path)
                }
            case .shardSize: terms.shardSize = try field.count()
            case .minimumCount: terms.minimumCount = try field.count()
            case .order: terms.order = try orders(field)
            case .missing: terms.missing = try field.queryValue()
            case .include: terms.include = try selection(field)
            case .exclude: terms.exclude = try selection(field)
            case .format: terms.format = try field.string()
            case .showError: terms.showsError = try field.bool()
            case .shardMinimumCount, .executionHint, .collectMode, .valueType: _ = try field.text()
            }
        }
        guard let name else { throw requiredField(body) }
        terms.field = name
        return terms
    }

    /// A regular expression, a list of terms, or `{"partition": 0, "num_partitions": 10}`.
    func selection(_ field: Field) throws(ParseError) -> TermsAggregation.Selection {
        if field.element.kind == .object {
            var part: Int?, count: Int?
            for member in try field.value.members(of: .object("include")) {
                switch member.name {
                case "partition": part = try member.count()
                case "num_partitions": count = try member.count()
                default: throw ParseError(.parsing, "Unknown parameter in Include/Exclude clause: \(member.name)", at: member.path)
                }
            }
            guard let part else { throw .argument("Missing [partition] parameter for partition-based include", at: field.path) }
            guard let count else { throw .argument("Missing [num_partitions] parameter for partition-based include", at: field.path) }
            guard part < count else { throw .argument("partition must be lower than num_partitions", at: field.path) }
            return .partition(part, of: count)
        }
        guard let elements = field.value.elements else { return .pattern(try field.string()) }
        var values: [QueryValue] = []
        for element in elements {
            guard let value = QueryValue(element.element) else { throw field.unexpected }
            values.append(value)
        }
        return .values(values)
    }

    /// `{"_count": "asc"}`, or a list of such.
    func orders(_ field: Field) throws(ParseError) -> [BucketOrder] {
        var orders: [BucketOrder] = []
        for node in field.oneOrMany() {
            for member in try node.members(of: .query("terms")) {
                let isAscending: Bool
                switch try member.string().lowercased() {
                case "asc": isAscending = true
                case "desc": isAscending = false
                default: throw ParseError(.parsing, "Unknown order direction [\(try member.string())]", at: member.path)
                }
                orders.append(BucketOrder(Self.orderKey(member.name), isAscending: isAscending))
            }
        }
        return orders
    }

    static func orderKey(_ name: String) -> BucketOrder.Key {
        switch name {
        case "_count": .count
        case "_key", "_term", "_time": .key
        default: metric(name)
        }
    }

    private static func metric(_ path: String) -> BucketOrder.Key {
        guard let dot = path.lastIndex(of: ".") else { return .metric(path, value: nil) }
        return .metric(String(path[..<dot]), value: String(path[path.index(after: dot)...]))
    }
}
