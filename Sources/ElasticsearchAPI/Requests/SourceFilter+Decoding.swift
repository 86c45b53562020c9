internal import JSON
public import Query

extension SourceFilter {
    private enum Key: String, BodyKey {
        case includes, excludes
        /// Older names.
        case include, exclude
        case excludeVectors = "exclude_vectors"
    }

    /// A `_source` member: a boolean, a pattern, patterns, or `{"includes": …, "excludes": …}`.
    init(_ field: Field) throws(ParseError) {
        switch field.element.kind {
        case .boolean: self = try field.bool() ? .all : .none
        case .string, .array: self = .filtered(includes: try field.strings(), excludes: [])
        case .object:
            var includes: [String] = []
            var excludes: [String] = []
            for (key, field) in try field.value.fields(Key.self, of: .search) {
                switch key {
                case .includes, .include: includes = try field.strings()
                case .excludes, .exclude: excludes = try field.strings()
                // Vectors stand in `_source` as any other value.
                case .excludeVectors: guard try !field.bool() else { throw field.unexpected }
                }
            }
            self = .filtered(includes: includes, excludes: excludes)
        case .integer, .unsigned, .double, .null:
            throw ParseError(
                .parsing, "Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [\(field.value.token)]",
                at: field.path)
        }
    }

    /// `_source`, `_source_includes` and `_source_excludes` of a URL; nil if none is there.
    public init?(_ parameters: QueryParameters) throws(ElasticsearchError) {
        let includes = parameters.list("_source_includes")
        let excludes = parameters.list("_source_excludes")
        if try parameters.bool("_source_exclude_vectors") == true {
            throw .illegalArgument("[_source_exclude_vectors] cannot be [true]: vectors stand in [_source]")
        }
        if includes != nil || excludes != nil {
            self = .filtered(includes: includes ?? [], excludes: excludes ?? [])
            return
        }
        switch parameters["_source"] {
        case nil: return nil
        case "true", "": self = .all
        case "false": self = .none
        case .some: self = .filtered(includes: parameters.list("_source") ?? [], excludes: [])
        }
    }
}
