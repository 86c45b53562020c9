public import JSON
public import Query

/// What `_validate/query` answers.
public enum QueryValidation {
    public struct Result: Sendable {
        public var index: String
        /// Nil: the query is one for this index.
        public var error: ElasticsearchError?

        public init(index: String, error: ElasticsearchError?) {
            self.index = index
            self.error = error
        }
    }

    /// A query that cannot be read for any index.
    public static func unreadable(_ error: ElasticsearchError, explains: Bool) -> JSONValue {
        var members: JSONMembers = ["valid": false]
        if explains { members["error"] = .string(text(error)) }
        return .object(members)
    }

    public static func json(_ results: [Result], query: Query, explains: Bool) -> JSONValue {
        var members: JSONMembers = [
            "_shards": ["total": 1, "successful": 1, "failed": 0], "valid": .bool(results.allSatisfy { $0.error == nil }),
        ]
        if explains {
            members["explanations"] = .array(
                results.map { result in
                    var explanation: JSONMembers = ["index": .string(result.index), "valid": .bool(result.error == nil)]
                    if let error = result.error {
                        explanation["error"] = .string(text(error))
                    } else {
                        explanation["explanation"] = .string(describe(query))
                    }
                    return .object(explanation)
                })
        }
        return .object(members)
    }

    private static func text(_ error: ElasticsearchError) -> String {
        let cause = error.rootCause ?? error.cause.root
        return "\(cause.type): \(cause.reason ?? "")"
    }

    /// The common queries in Lucene's notation.
    private static func describe(_ query: Query) -> String {
        switch query.kind {
        case .matchAll: "*:*"
        case .matchNone: "MatchNoDocsQuery(\"\")"
        case .term(let term): "\(term.field):\(describe(term.value))"
        case .exists(let field): "FieldExistsQuery [field=\(field)]"
        case .bool(let bool):
            (bool.must.map { "+" + describe($0) } + bool.filter.map { "#" + describe($0) } + bool.should.map(describe)
                + bool.mustNot.map { "-" + describe($0) }).joined(separator: " ")
        case .constantScore(let filter): "ConstantScore(\(describe(filter)))"
        default: String(describing: query.kind)
        }
    }

    private static func describe(_ value: QueryValue) -> String {
        switch value {
        case .string(let text): text
        case .integer(let number): String(number)
        case .unsigned(let number): String(number)
        case .double(let number): String(number)
        case .boolean(let flag): flag ? "T" : "F"
        }
    }
}
