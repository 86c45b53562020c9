internal import JSON
public import Query
internal import Mapping

/// A `_field_caps` request.
public struct FieldCapabilitiesRequest: Sendable {
    public private(set) var selection = FieldCapabilities.Selection(patterns: [])
    /// Only indices in which this finds something count.
    public private(set) var indexFilter: Query?

    private enum Key: String, BodyKey {
        case fields
        case indexFilter = "index_filter"
        case runtimeMappings = "runtime_mappings"
    }

    /// - Parameter body: JSON; nil where the request has none.
    /// - Throws: `ElasticsearchError`.
    public init(body: (some Collection<UInt8>)?, parameters: QueryParameters) throws(ElasticsearchError) {
        selection.patterns = parameters.list("fields") ?? []
        if let body {
            let (patterns, filter, runtime) = try JSONBody.decode(body) { (root) throws(ParseError) -> ([String], Query?, RuntimeFields) in
                var runtime = RuntimeFields()
                var patterns: [String] = []
                var filter: Query?
                for (key, field) in try root.fields(Key.self, of: .object("field_caps_request")) {
                    switch key {
                    case .fields: patterns = try field.strings()
                    case .indexFilter: filter = field.element.object?.isEmpty == true ? nil : try QueryDecoder().query(field.value)
                    case .runtimeMappings: runtime = try RuntimeFields(field)
                    }
                }
                return (patterns, filter, runtime)
            }
            if selection.patterns.isEmpty { selection.patterns = patterns }
            indexFilter = filter
            selection.runtime = runtime
        }
        if selection.patterns.isEmpty { throw .validation(["no fields specified"]) }
        selection.types = Set(parameters.list("types") ?? [])
        selection.filters = Set(parameters.list("filters") ?? [])
        selection.includesUnmapped = try parameters.bool("include_unmapped") ?? false
        let known: Set = ["+metadata", "-metadata", "-parent", "-nested", "-multifield"]
        if let unknown = selection.filters.subtracting(known).min() {
            throw .illegalArgument("Unknown field caps filter [\(unknown)]")
        }
    }
}
