public import Indices

/// A `_bulk` request: its writes in order, and those that are refused without stopping the others.
public struct BulkRequest: Sendable {
    public enum Item: Sendable {
        case write(WriteOperation)
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
        public var pipeline: String?

        public init(index: String? = nil, parameters: QueryParameters = QueryParameters()) throws(ElasticsearchError) {
            self.index = index
            routing = parameters["routing"]
            requiresAlias = try parameters.bool("require_alias") ?? false
            pipeline = parameters["pipeline"]
        }
    }

    public private(set) var items: [Item] = []

    /// Reads newline-delimited JSON: an action line, and for all but deletes a document line.
    ///
    /// - Complexity: O(*n*). Documents are copied once, each into its operation.
    /// - Throws: `ElasticsearchError` for a malformed action line, which stops the whole request.
    public init<Body: RandomAccessCollection<UInt8>>(body: Body, defaults: Defaults) throws(ElasticsearchError) {
        var lines = Lines<Body>(body[...])
        var failures: [String] = []
        while let line = try lines.next() {
            if line.text.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) { continue }
            let action = try BulkAction(line.text, number: line.number)
            let source = action.kind == .delete ? nil : try lines.next()
            if source == nil, action.kind != .delete {
                throw .illegalArgument("Malformed bulk request: action on line [\(line.number)] has no document")
            }
            let document = source.map { Array($0.text) } ?? []
            failures += action.violations(defaults)
            items.append(action.item(document, defaults))
        }
        if items.isEmpty { failures.append("no requests added") }
        if !failures.isEmpty { throw .validation(failures) }
    }
}

/// The lines of a bulk body, each of which ends with a newline.
private struct Lines<Body: RandomAccessCollection<UInt8>> {
    private var rest: Body.SubSequence
    private var number = 0

    init(_ body: Body.SubSequence) {
        rest = body
    }

    mutating func next() throws(ElasticsearchError) -> (text: Body.SubSequence, number: Int)? {
        guard !rest.isEmpty else { return nil }
        guard let end = rest.firstIndex(of: UInt8(ascii: "\n")) else {
            throw .illegalArgument("The bulk request must be terminated by a newline [\\n]")
        }
        defer { rest = rest[rest.index(after: end)...] }
        number += 1
        return (rest[..<end], number)
    }
}
