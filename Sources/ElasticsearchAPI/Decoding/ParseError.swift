internal import JSON

/// Why a body is not what its parser expects, before its place in the text is known.
struct ParseError: Error, Equatable {
    /// Which of Elasticsearch's exceptions it is, and so how the place is reported.
    enum Kind {
        /// `parsing_exception`: members `line` and `col`.
        case parsing
        /// `x_content_parse_exception`: the reason starts with `[line:col] `.
        case content
        /// `x_content_parse_exception` without a place.
        case build
        /// `illegal_argument_exception`: no place.
        case argument
        /// `script_exception`, `number_format_exception` and the like: no place.
        case other(String, JSONMembers)
    }

    var kind: Kind
    var reason: String
    var path: JSONPath
    var isAtKey: Bool
    private var causes: [ParseError]

    init(_ kind: Kind, _ reason: String, at path: JSONPath, isAtKey: Bool = false, causedBy: ParseError? = nil) {
        self.kind = kind
        self.reason = reason
        self.path = path
        self.isAtKey = isAtKey
        self.causes = causedBy.map { [$0] } ?? []
    }

    static func argument(_ reason: String, at path: JSONPath = .root) -> ParseError {
        ParseError(.argument, reason, at: path)
    }

    static func == (left: ParseError, right: ParseError) -> Bool {
        left.reason == right.reason && left.path == right.path && left.causes == right.causes
    }

    /// The error with its place in `body`, a JSON text.
    func located(in body: some Sequence<UInt8>) -> ElasticsearchError {
        var locator = TextLocator(body)
        return ElasticsearchError(status: isOfMissing ? 404 : 400, cause(&locator))
    }

    /// Whether it is about something that is not there, and so no mistake of the text.
    private var isOfMissing: Bool {
        if case .other("resource_not_found_exception", _) = kind { return true }
        return causes.first?.isOfMissing ?? false
    }

    private func cause(_ locator: inout TextLocator) -> ErrorCause {
        let causedBy = causes.first?.cause(&locator)
        switch kind {
        case .parsing:
            let place = locator.location(of: path, atKey: isAtKey)
            let extra: JSONMembers = place.map { ["line": .int($0.line), "col": .int($0.column)] } ?? [:]
            return ErrorCause("parsing_exception", reason, extra: extra, causedBy: causedBy)
        case .content:
            let place = locator.location(of: path, atKey: isAtKey).map { "[\($0.line):\($0.column)] " } ?? ""
            return ErrorCause("x_content_parse_exception", place + reason, causedBy: causedBy)
        case .build: return ErrorCause("x_content_parse_exception", reason, causedBy: causedBy)
        case .argument: return ErrorCause("illegal_argument_exception", reason, causedBy: causedBy)
        case .other(let type, let extra): return ErrorCause(type, reason, extra: extra, causedBy: causedBy)
        }
    }
}
