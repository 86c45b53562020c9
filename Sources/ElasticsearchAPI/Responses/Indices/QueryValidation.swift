public import JSON

/// What `_validate/query` answers.
public enum QueryValidation {
    /// What one index says of the query.
    public struct Result: Sendable {
        public var index: String
        /// The query in Lucene's notation, or why it is none for this index.
        public var outcome: Swift.Result<String, ElasticsearchError>

        public init(index: String, _ outcome: Swift.Result<String, ElasticsearchError>) {
            self.index = index
            self.outcome = outcome
        }

        fileprivate var isValid: Bool {
            if case .success = outcome { true } else { false }
        }
    }

    /// A query that cannot be read for any index.
    public static func unreadable(_ error: ElasticsearchError, explains: Bool) -> JSONValue {
        var members: JSONMembers = ["valid": false]
        if explains { members["error"] = .string(text(error)) }
        return .object(members)
    }

    /// With `explains`, a line for each index; else only whether all take the query.
    public static func json(_ results: [Result], explains: Bool) -> JSONValue {
        var members: JSONMembers = [
            "_shards": ["total": 1, "successful": 1, "failed": 0], "valid": .bool(results.allSatisfy(\.isValid)),
        ]
        if explains {
            members["explanations"] = .array(
                results.map { result in
                    var explanation: JSONMembers = ["index": .string(result.index), "valid": .bool(result.isValid)]
                    switch result.outcome {
                    case .success(let notation): explanation["explanation"] = .string(notation)
                    case .failure(let error): explanation["error"] = .string(text(error))
                    }
                    return .object(explanation)
                })
        }
        return .object(members)
    }

    private static func text(_ error: ElasticsearchError) -> String {
        let cause = error.rootCause ?? error.cause.root
        let reason = cause.reason ?? ""
        guard cause.type == "parsing_exception" else { return "\(cause.type): \(reason)" }
        // As Elasticsearch shows an exception and what caused it.
        guard let inner = cause.causedBy else { return "org.elasticsearch.common.ParsingException: \(reason)" }
        let name = inner.type.split(separator: "_").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined(), because = inner.reason ?? ""
        return "ParsingException[\(reason)]; nested: \(name)[\(because)];; org.elasticsearch.xcontent.\(name): \(because)"
    }
}
