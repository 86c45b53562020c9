public import JSON

/// One link of an error's chain of causes, as Elasticsearch writes it.
public struct ErrorCause: Equatable, Sendable {
    /// Elasticsearch's name of the kind of error, e.g. `illegal_argument_exception`.
    public var type: String
    public var reason: String?
    /// Members beside `type` and `reason`, such as `index` or `line`.
    public var extra: JSONMembers
    /// At most one: the next link.
    private var causes: [ErrorCause]

    public var causedBy: ErrorCause? { causes.first }

    public init(_ type: String, _ reason: String?, extra: JSONMembers = [:], causedBy: ErrorCause? = nil) {
        self.type = type
        self.reason = reason
        self.extra = extra
        self.causes = causedBy.map { [$0] } ?? []
    }

    /// The link that Elasticsearch reports as the root.
    ///
    /// It follows causes only into its own kinds of errors and into parse errors: a plain Java exception beneath one of
    /// those is a detail of it (`ElasticsearchException.guessRootCauses`).
    public var root: ErrorCause {
        guard let cause = causedBy, !Self.plainTypes.contains(cause.type), !Self.opaqueTypes.contains(type) else { return self }
        return cause.root
    }

    /// The names of exceptions that are not Elasticsearch's own.
    private static let plainTypes: Set<String> = [
        "illegal_argument_exception", "illegal_state_exception", "number_format_exception", "date_time_parse_exception",
        "named_object_not_found_exception", "arithmetic_exception", "null_pointer_exception", "i_o_exception",
        "array_index_out_of_bounds_exception", "class_cast_exception", "index_out_of_bounds_exception", "painless_error",
        "string_index_out_of_bounds_exception", "unsupported_operation_exception", "no_such_element_exception",
        "concurrent_modification_exception", "runtime_exception", "exception",
    ]

    /// Kinds whose causes are never looked through.
    private static let opaqueTypes: Set<String> = ["document_parsing_exception", "illegal_argument_exception"]

    /// `{"type": …, "reason": …, …}` with its causes nested.
    var json: JSONMembers {
        var members = summary
        if let causedBy { members["caused_by"] = .object(causedBy.json) }
        return members
    }

    /// `json` without causes.
    var summary: JSONMembers {
        var members: JSONMembers = ["type": .string(type), "reason": reason.map { .string($0) } ?? .null]
        for member in extra { members[member.key] = member.value }
        return members
    }
}
