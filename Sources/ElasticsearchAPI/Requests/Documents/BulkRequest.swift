public import Indices

/// A `_bulk` request: its writes in order, and those that are refused without stopping the others.
public struct BulkRequest: Sendable {
    /// A line's write, or why it is none.
    public enum Item: Sendable {
        /// - `listsPipelines`: the answer names the pipelines that the document went through.
        case write(WriteOperation, listsPipelines: Bool)
        case refused(RefusedItem)
    }

    /// A line that cannot be carried out, with what its answer shows.
    public struct RefusedItem: Sendable {
        public var action: String
        public var index: String
        public var id: String?
        public var error: ElasticsearchError
    }

    /// What URL and path say for lines that do not say it themselves.
    public struct Defaults: Sendable {
        public var index: String?
        public var routing: String?
        public var requiresAlias: Bool
        public var requiresDataStream: Bool
        public var pipeline: String?
        public var listsPipelines: Bool
        /// What updates show of their documents.
        public var source: SourceRequest?

        public init(index: String? = nil, parameters: QueryParameters = QueryParameters()) throws(ElasticsearchError) {
            self.index = index
            routing = parameters["routing"]
            requiresAlias = try parameters.bool("require_alias") ?? false
            requiresDataStream = try parameters.bool("require_data_stream") ?? false
            pipeline = parameters["pipeline"]
            listsPipelines = try parameters.bool("list_executed_pipelines") ?? false
            source = try SourceRequest(parameters)
        }
    }

    public private(set) var items: [Item] = []

    /// Reads newline-delimited JSON: an action line, and for all but deletes a document line.
    ///
    /// - Complexity: O(*n*). Documents are copied once, each into its operation.
    /// - Throws: `ElasticsearchError` for a malformed action line, which stops the whole request.
    public init<Body: RandomAccessCollection<UInt8>>(body: Body, defaults: Defaults) throws(ElasticsearchError) {
        var lines = BodyLines<Body>(body[...], of: "bulk")
        var failures: [String] = []
        while let line = try lines.next() {
            if line.text.isBlank { continue }
            let action = try BulkAction(line.text, number: line.number)
            let source = action.kind == .delete ? nil : try lines.next()
            if source == nil, action.kind != .delete {
                throw .illegalArgument("Malformed bulk request: action on line [\(line.number)] has no document")
            }
            let document = source.map { Array($0.text) } ?? []
            failures += action.violations(defaults)
            if action.kind == .update {
                let update = try action.update(document, defaults)
                failures += update.violations
                items.append(action.item([], update, defaults))
            } else {
                items.append(action.item(document, nil, defaults))
            }
        }
        if items.isEmpty { failures.append("no requests added") }
        if !failures.isEmpty { throw .validation(failures) }
    }
}
