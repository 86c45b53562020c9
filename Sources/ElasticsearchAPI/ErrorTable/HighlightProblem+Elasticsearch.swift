internal import Query

extension HighlightProblem {
    /// Elasticsearch's words.
    var reason: String {
        switch self {
        case .unknownType(let type, let field): "unknown highlighter type [\(type)] for the field [\(field)]"
        case .unknownFragmenter(let name, let field): "unknown fragmenter option [\(name)] for the field [\(field)]"
        case .boundaryNotSupported(let scanner): "Invalid boundary scanner type: \(scanner.rawValue.uppercased())"
        case .matchedFieldsNeedFieldMatch: "Matched fields are not supported when [require_field_match] is set to [false]"
        case .termVectorsMissing(let field):
            "the field [\(field)] should be indexed with term vector with position offsets to be used with fast vector highlighter"
        case .fragmentTooSmall(let size, let minimum): "fragCharSize(\(size)) is too small. It must be \(minimum) or higher."
        case .textTooLong(let field, let length, let limit, let document, let index):
            "The length [\(length)] of field [\(field)] in doc[\(document)]/index[\(index)] exceeds the "
                    + "[index.highlight.max_analyzed_offset] limit [\(limit)]. "
                + "To avoid this error, set the query parameter [max_analyzed_offset] to a value less than index setting "
                + "[\(limit)] and this will tolerate long field values by truncating them."
        }
    }
}
