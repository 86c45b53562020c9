public import JSON

/// What `error_trace=true` adds to errors: a `stack_trace` for each link of a chain of causes.
///
/// Elasticsearch's ends in frames of Java. Here it is the chain itself, a line for a link, which is what can be told of a cause.
///
/// Source: https://www.elastic.co/docs/reference/elasticsearch/rest-apis/common-options
public enum ErrorTrace {
    /// An error's body with the traces in it; anything else as it is.
    ///
    /// - Complexity: O(links · links), as each trace tells all causes below it.
    public static func added(to body: JSONValue) -> JSONValue {
        guard var members = body.object, var error = members["error"]?.object else { return body }
        if let roots = error["root_cause"]?.array { error["root_cause"] = .array(roots.map(traced)) }
        members["error"] = traced(.object(error))
        return .object(members)
    }

    private static func traced(_ link: JSONValue) -> JSONValue {
        guard var members = link.object else { return link }
        if let cause = members["caused_by"] { members["caused_by"] = traced(cause) }
        members["stack_trace"] = .string(lines(of: link).joined(separator: "\nCaused by: ") + "\n")
        return .object(members)
    }

    private static func lines(of link: JSONValue) -> [String] {
        let type = link["type"]?.string ?? "exception"
        let line = link["reason"]?.string.map { "\(type): \($0)" } ?? type
        return [line] + (link["caused_by"].map(lines) ?? [])
    }
}
