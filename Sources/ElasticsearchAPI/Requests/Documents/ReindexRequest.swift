public import Indices
public import JSON
internal import Query
internal import Scripts

/// A `_reindex` request: documents of one place to be copied to another.
public struct ReindexRequest: Sendable {
    /// Another node that the documents come from.
    public struct Remote: Sendable {
        /// `scheme://host:port` and a path, without a slash at the end.
        public var url: String
        /// `host:port`, as the setting lists it.
        public var host: String
        public var username: String?
        public var password: String?
        public var headers: [(name: String, value: String)] = []
        public var socketTimeout = Duration.seconds(30)
        public var connectTimeout = Duration.seconds(30)
        /// The search's query, which that node reads itself.
        public var query: JSONValue?
    }

    public var request: ByQueryRequest
    public var remote: Remote?

    private enum Key: String, BodyKey {
        case source, dest, conflicts, script
        case maximumDocuments = "max_docs"
        /// The old name of `max_docs`.
        case size
    }

    private enum SourceKey: String, BodyKey {
        case index, query, sort, size, remote, slice, from
        case storedFields = "stored_fields"
        case source = "_source"
        case runtimeMappings = "runtime_mappings"
    }

    private enum DestinationKey: String, BodyKey {
        case index, routing, pipeline
        case operationType = "op_type"
        case versionType = "version_type"
    }

    /// - Throws: `ElasticsearchError`.
    public init(body: some Collection<UInt8>, _ parameters: QueryParameters) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try ReindexRequest(root) }
        try request.take(parameters)
        guard case .reindex(var destination, let script) = request.operation else { return }
        destination.requiresAlias = try parameters.bool("require_alias") ?? false
        request.operation = .reindex(destination, script)
        var violations: [String] = []
        if request.source.patterns.isEmpty { violations.append("use _all if you really want to copy from all existing indexes") }
        if destination.index.isEmpty { violations.append("index is missing") }
        if destination.mustCreate, destination.versionType != .counted {
            violations.append("create operations only support internal versioning. use index instead")
        }
        if remote != nil, request.slices != .count(1) {
            let count = if case .count(let count) = request.slices { count } else { 0 }
            violations.append("reindex from remote sources doesn't support slices > 1 but was [\(count)]")
        }
        if !violations.isEmpty { throw .validation(violations) }
    }

    private init(_ root: Node) throws(ParseError) {
        var destination = ReindexDestination(index: "")
        var script: ScriptReference?
        request = ByQueryRequest(.delete, source: IndexExpression([]))
        for (key, field) in try root.fields(Key.self, of: .object("reindex")) {
            switch key {
            case .source: try readSource(field)
            case .dest: destination = try Self.destination(field)
            case .conflicts: request.proceedsOnConflict = try ByQueryRequest.conflicts(field.text(), at: field)
            case .script: script = try ScriptReference(field)
            case .maximumDocuments, .size: request.maximumDocuments = try request.limit(field.int(), at: field)
            }
        }
        request.operation = .reindex(destination, script)
    }

    private mutating func readSource(_ field: Field) throws(ParseError) {
        var query: Field?
        for (key, field) in try field.value.fields(SourceKey.self, of: .search) {
            switch key {
            case .index: request.source.patterns = try field.strings().flatMap { IndexExpression.patterns($0) }
            case .query: query = field
            case .sort: request.sort = try Sort(field)
            case .size: request.batchSize = try field.int()
            case .from: throw .argument("from is not supported in this context", at: field.path)
            case .storedFields: throw .argument("stored_fields is not supported in this context", at: field.path)
            case .source:
                if field.element.bool == false { throw .argument("_source:false is not supported in this context", at: field.path) }
                request.fetchedSource = try SourceRequest(field).filter
            case .remote: remote = try Self.remote(field)
            case .slice: request.slice = try Slice(field)
            case .runtimeMappings:
                guard field.element.object?.isEmpty == true else {
                    throw .argument("[runtime_mappings] are not supported", at: field.path)
                }
            }
        }
        guard let query else { return }
        if remote != nil {
            guard query.element.kind == .object else { throw query.unexpected }
            remote?.query = JSONValue(query.element)
        } else {
            request.query = try QueryDecoder().query(query.value)
        }
    }

    private static func destination(_ field: Field) throws(ParseError) -> ReindexDestination {
        var destination = ReindexDestination(index: "")
        for (key, field) in try field.value.fields(DestinationKey.self, of: .object("dest")) {
            switch key {
            case .index: destination.index = try field.string()
            case .routing: destination.routing = try routing(field)
            case .pipeline: destination.pipeline = try field.string()
            case .operationType:
                let text = try field.string()
                guard text == "index" || text == "create" else {
                    throw .argument("opType must be 'create' or 'index', found: [\(text)]", at: field.path)
                }
                destination.mustCreate = text == "create"
            case .versionType:
                let text = try field.string()
                guard let kind = WriteVersion.Kind(rawValue: text) else {
                    throw .argument("No version type match [\(text)]", at: field.path)
                }
                switch kind {
                case .counted: destination.versionType = .counted
                case .external, .externalGreater: destination.versionType = .external
                case .externalOrEqual: destination.versionType = .externalOrEqual
                }
            }
        }
        return destination
    }

    private static func routing(_ field: Field) throws(ParseError) -> ReindexDestination.Routing {
        let text = try field.string()
        if text.hasPrefix("=") { return .value(String(text.dropFirst())) }
        switch text {
        case "keep": return .keep
        case "discard": return .discard
        default: throw .argument("Unsupported routing update [\(text)]", at: field.path)
        }
    }
}
