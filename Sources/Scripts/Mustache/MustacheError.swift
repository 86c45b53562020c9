/// Why a template cannot be read or filled in. Each case notes Elasticsearch's reason for it.
public enum MustacheError: Error, Equatable, Sendable {
    /// `Improperly closed variable in query-template:1`
    case unclosedTag(line: Int)
    /// `Failed to close 'x' tag @[query-template:1]`
    case unclosedSection(String, line: Int)
    /// `Mismatched start/end tags: x != y in query-template:1`
    case mismatchedSection(String, String, line: Int)
    /// `Mustache function [toJson] must contain one and only one identifier`
    case functionArgument(String)
    /// Sections in sections without end, or what is written grows without end.
    case tooComplex
}
