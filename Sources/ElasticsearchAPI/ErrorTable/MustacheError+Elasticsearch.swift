internal import JSON
internal import Scripts

extension ElasticsearchError {
    /// A template that cannot be read or filled in.
    init(_ error: MustacheError, template: String) {
        switch error {
        case .functionArgument, .tooComplex:
            self.init(
                status: 400, "general_script_exception", "Failed to run template",
                causedBy: ErrorCause("illegal_argument_exception", error.reason))
        case .unclosedTag, .unclosedSection, .mismatchedSection:
            self.init(
                status: 400, "script_exception", error.reason,
                extra: ["script_stack": [], "script": .string(template), "lang": "mustache"],
                causedBy: ErrorCause("mustache_exception", error.reason))
            rootCause = cause
        }
    }
}

extension MustacheError {
    fileprivate var reason: String {
        switch self {
        case .unclosedTag(let line): "Improperly closed variable in query-template:\(line)"
        case .unclosedSection(let name, let line): "Failed to close '\(name)' tag @[query-template:\(line)]"
        case .mismatchedSection(let open, let close, let line):
            "Mismatched start/end tags: \(open) != \(close) in query-template:\(line)"
        case .functionArgument(let name): "Mustache function [\(name)] must contain one and only one identifier"
        case .tooComplex: "the template takes too much work"
        }
    }
}
