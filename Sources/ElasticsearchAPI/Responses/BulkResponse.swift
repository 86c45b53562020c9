public import Indices
public import JSON

/// The answer to a `_bulk`: one item a line, in the lines' order.
public struct BulkResponse: Sendable {
    private var items: [JSONValue] = []
    private var hasErrors = false

    public init() {}

    /// - Parameters:
    ///   - action: the line's: `index`, `create`, `delete` or `update`.
    ///   - pipelines: those that the document went through; nil: they are not listed.
    public mutating func append(_ action: String, _ result: WriteResult, pipelines: [String]? = nil) {
        items.append(result.bulkItem(action, pipelines: pipelines))
    }

    /// An entry for a line that was refused. `action` is the line's own: `index`, `create`, `update` or `delete`.
    public mutating func append(_ action: String, index: String, id: String?, _ error: ElasticsearchError) {
        hasErrors = true
        let item: JSONMembers = [
            "_index": .string(index), "_id": id.map { .string($0) } ?? .null, "status": .int(error.status),
            "error": error.itemJSON,
        ]
        items.append(.object([(action, .object(item))].members))
    }

    /// A document that its pipeline dropped.
    public mutating func appendDropped(_ action: String, index: String, id: String?) {
        var members = DroppedWrite.members(index: index, id: id)
        members["status"] = 200
        items.append(.object([(action, .object(members))].members))
    }

    /// - Parameters:
    ///   - took: wall-clock milliseconds.
    ///   - ingestTook: those of the pipelines; nil where none ran.
    public func json(took: Int, ingestTook: Int? = nil) -> JSONValue {
        var members: JSONMembers = ["errors": .bool(hasErrors), "took": .int(took)]
        if let ingestTook { members["ingest_took"] = .int(ingestTook) }
        members["items"] = .array(items)
        return .object(members)
    }
}
