public import Indices
internal import JSON
internal import Mapping

/// The body of `_terms_enum`.
public struct TermsEnumRequest: Sendable {
    public private(set) var enumeration = TermsEnumeration(field: "")

    private enum Key: String, BodyKey {
        case field, string, size, timeout
        case isCaseInsensitive = "case_insensitive"
        case indexFilter = "index_filter"
        case searchAfter = "search_after"
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        var isTooLong = false
        enumeration = try JSONBody.decode(body) { (root) throws(ParseError) in
            var result = TermsEnumeration(field: "")
            for (key, field) in try root.fields(Key.self, of: .object("terms_enum_request")) {
                switch key {
                case .field: result.field = try field.string()
                case .string: result.prefix = field.element.isNull ? "" : try field.text()
                case .size: result.size = try field.int()
                case .timeout:
                    if let duration = TimeValue.parse(try field.text()), duration > .seconds(60) { isTooLong = true }
                case .isCaseInsensitive: result.isCaseInsensitive = try field.bool()
                case .indexFilter: result.filter = field.element.object?.isEmpty == true ? nil : try QueryDecoder().query(field.value)
                case .searchAfter: result.after = field.element.isNull ? nil : try field.text()
                }
            }
            return result
        }
        var problems: [String] = []
        if enumeration.field.isEmpty { problems.append("field cannot be null") }
        if isTooLong { problems.append("Timeout cannot be > 1 minute") }
        if enumeration.size <= 0 { problems.append("size must be > 0") }
        if !problems.isEmpty { throw .validation(problems) }
    }
}
