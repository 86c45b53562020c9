public import Indices
public import JSON

/// The answer to a `_bulk`: one item a line, in the lines' order.
public struct BulkResponse: Sendable {
    private var items: [JSONValue] = []
    private var hasErrors = false

    public init() {}

    /// - Parameter action: the line's: `index`, `create`, `delete` or `update`.
    public mutating func append(_ action: String, _ result: WriteResult, listsPipelines: Bool = false) {
        items.append(result.bulkItem(action, listsPipelines: listsPipelines))
    }

    public mutating func append(_ action: String, index: String, id: String?, _ error: ElasticsearchError) {
        hasErrors = true
        let item: JSONMembers = [
            "_index": .string(index), "_id": id.map { .string($0) } ?? .null, "status": .int(error.status),
            "error": error.itemJSON,
        ]
        items.append(.object([(action, .object(item))].members))
    }

    /// - Parameter took: wall-clock milliseconds.
    public func json(took: Int) -> JSONValue {
        ["errors": .bool(hasErrors), "took": .int(took), "items": .array(items)]
    }
}
