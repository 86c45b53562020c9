public import Indices
internal import Query

extension DocumentRequest {
    /// Reads the parameters of `_doc` and `_source`.
    ///
    /// - Throws: `ElasticsearchError`.
    public init(index: String, id: String, _ parameters: QueryParameters) throws(ElasticsearchError) {
        self.init(index: index, id: id)
        routing = parameters["routing"]
        isRealTime = try parameters.bool("realtime") ?? true
        refreshes = try parameters.bool("refresh") ?? false
        let version = try WriteVersion(parameters)
        self.version = version.number
        if version.kind != .counted, version.number == nil {
            throw .validation(["illegal version value [-3] for version type [\(version.kind.rawValue.uppercased())]"])
        }
        let fields = parameters.list("stored_fields") ?? []
        setFields(fields, source: try SourceRequest(parameters))
    }

    /// Stored fields are in the place of the source, unless both are asked for.
    mutating func setFields(_ names: [String], source: SourceRequest?) {
        fetch.storedFields = names.filter { !$0.hasPrefix("_") }
        if let source {
            fetch.take(source)
        } else if !names.isEmpty, !names.contains("_source") {
            fetch.source = .none
        }
    }
}
