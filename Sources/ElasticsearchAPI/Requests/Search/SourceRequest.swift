internal import JSON
public import Query

/// What a request wants of `_source`.
public struct SourceRequest: Equatable, Sendable {
    public var filter: SourceFilter
    public var excludesVectors = false
    /// `exclude_vectors` is there and false: what models made of semantic fields is shown, too.
    public var showsInference = false

    /// The filter, where the answer shows a source only if it is asked to.
    var shown: SourceFilter? { filter == .none ? nil : filter }

    private enum Key: String, BodyKey {
        case includes, excludes
        /// Older names.
        case include, exclude
        case excludeVectors = "exclude_vectors"
    }

    /// A `_source` member: a boolean, a pattern, patterns, or `{"includes": …, "excludes": …}`.
    init(_ field: Field) throws(ParseError) {
        switch field.element.kind {
        case .boolean: filter = try field.bool() ? .all : .none
        case .string, .array: filter = .filtered(includes: try field.strings(), excludes: [])
        case .object:
            var includes: [String] = []
            var excludes: [String] = []
            for (key, field) in try field.value.fields(Key.self, of: .search) {
                switch key {
                case .includes, .include: includes = try field.strings()
                case .excludes, .exclude: excludes = try field.strings()
                case .excludeVectors:
                    excludesVectors = try field.bool()
                    showsInference = !excludesVectors
                }
            }
            filter = includes.isEmpty && excludes.isEmpty ? .all : .filtered(includes: includes, excludes: excludes)
        case .integer, .unsigned, .double, .null:
            throw ParseError(
                .parsing, "Expected one of [VALUE_BOOLEAN, VALUE_STRING, START_ARRAY, START_OBJECT] but found [\(field.value.token)]",
                at: field.path)
        }
    }

    /// `_source`, `_source_includes`, `_source_excludes` and `_source_exclude_vectors` of a URL; nil if none is there.
    public init?(_ parameters: QueryParameters) throws(ElasticsearchError) {
        let includes = parameters.list("_source_includes")
        let excludes = parameters.list("_source_excludes")
        let excludesVectors = try parameters.bool("_source_exclude_vectors")
        if includes != nil || excludes != nil {
            filter = .filtered(includes: includes ?? [], excludes: excludes ?? [])
        } else {
            switch parameters["_source"] {
            case nil:
                if excludesVectors == nil { return nil }
                filter = .all
            case "true", "": filter = .all
            case "false": filter = .none
            case .some: filter = .filtered(includes: parameters.list("_source") ?? [], excludes: [])
            }
        }
        self.excludesVectors = excludesVectors ?? false
        showsInference = excludesVectors == false
    }
}

extension Fetch {
    /// Fetches of the source what is asked for.
    mutating func take(_ request: SourceRequest) {
        source = request.filter
        excludesVectors = request.excludesVectors
        showsInference = request.showsInference
    }
}
