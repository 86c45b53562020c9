public import JSON

extension ElasticsearchError {
    /// Text that is not JSON, with the place where it ceases to be.
    init(_ error: JSONError, in text: some Sequence<UInt8>) {
        self.init(error)
        guard case .malformed = error, let reason = JSONSyntax.reason(of: text) else { return }
        self.init(
            status: 400, "x_content_parse_exception", reason,
            causedBy: ErrorCause("json_parse_exception", String(reason.drop { $0 != " " }.dropFirst())))
    }

    /// Text that is not JSON.
    public init(_ error: JSONError) {
        switch error {
        case .empty: self.init(status: 400, "parse_exception", error.reason)
        case .malformed, .tooDeep, .numberOutOfRange: self.init(status: 400, "x_content_parse_exception", error.reason)
        }
    }
}

extension JSONError {
    var reason: String {
        switch self {
        case .malformed(let reason): reason
        case .tooDeep(let limit): "Document nesting depth exceeds the maximum allowed (\(limit))"
        case .numberOutOfRange: "A number is out of the range of 64-bit integers and doubles"
        case .empty: "request body is required"
        }
    }
}
