internal import SQL

extension ElasticsearchError {
    /// A text that is no statement.
    init(_ error: SQLError) {
        self.init(status: 400, "parsing_exception", error.reason)
    }
}

extension SQLError {
    fileprivate var reason: String {
        switch self {
        case .tooLong(let limit): "line 1:1: SQL statement is too large, more than [\(limit)] characters"
        case .tooDeep(let source, let limit): source.place + "SQL statement is nested too deeply, more than [\(limit)] levels"
        case .tooMany(let source, let limit): source.place + "SQL statement has a list of more than [\(limit)] columns"
        case .unexpected(let found, let expected):
            found.place + "mismatched input '\(found.text.isEmpty ? "<EOF>" : found.text)' expecting \(expected)"
        case .unterminated(let source): source.place + "token recognition error at: '\(source.text.prefix(40))'"
        case .backquoted(let source):
            source.place + "backquoted identifiers not supported; please use double quotes instead"
        case .numberTooLarge(let source): source.place + "Number [\(source.text)] is too large"
        case .parameterMissing(let source, let given): source.place + "Not enough actual parameters [\(given)] for the query"
        case .notSupported(let source, let feature): source.place + feature.reason(source)
        case .invalidEscape(let source): source.place + "A character, and none of [%], [_] and [*], is required for escaping"
        case .invalidPattern(let source, let escape):
            source.place + "Pattern [\(source.text)] is invalid as escape char [\(escape)] can only escape wildcard chars and itself"
        case .limitAndTop(let source): source.place + "TOP and LIMIT are not allowed in the same query - use one or the other"
        }
    }
}

extension SQLSource {
    fileprivate var place: String { "line \(line):\(column): " }
}

extension SQLError.Feature {
    fileprivate func reason(_ source: SQLSource) -> String {
        switch self {
        case .join: "Queries with JOIN are not yet supported"
        case .groupByAll: "GROUP BY ALL is not supported"
        case .exists: "EXISTS is not yet supported"
        case .subquery: "Subqueries are not supported"
        case .remoteCluster: "Tables of remote clusters are not supported"
        case .statement: "Statements with [\(source.text)] are not supported"
        }
    }
}
