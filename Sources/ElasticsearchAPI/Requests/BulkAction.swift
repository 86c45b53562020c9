internal import Indices
internal import JSON

/// One action line of a bulk: `{"index": {"_index": …, "_id": …}}`.
struct BulkAction {
    enum Kind: String, CaseIterable {
        case index, create, delete, update
    }

    private enum Key: String, CaseIterable {
        case index = "_index"
        case id = "_id"
        case routing
        case operationType = "op_type"
        case ifSequenceNumber = "if_seq_no"
        case ifPrimaryTerm = "if_primary_term"
        case requiresAlias = "require_alias"
        case requiresDataStream = "require_data_stream"
        case retryOnConflict = "retry_on_conflict"
        case pipeline
    }

    private(set) var kind: Kind
    private var index: String?
    private var id: String?
    private var routing: String?
    private var ifSequenceNumber: Int64?
    private var ifPrimaryTerm: Int64?
    private var requiresAlias: Bool?
    private var pipeline: String?

    /// - Parameter number: the line's, from 1.
    /// - Throws: Elasticsearch's complaint about a malformed line.
    init(_ line: some Collection<UInt8>, number: Int) throws(ElasticsearchError) {
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: line)
        } catch {
            throw ElasticsearchError(error)
        }
        let root = Node(element: document.root, path: .root)
        guard let object = root.element.object else {
            throw Self.malformed(number, "expected START_OBJECT but found [\(root.token)]")
        }
        var members = object.makeIterator()
        guard let (name, value) = members.next() else {
            throw Self.malformed(number, "expected FIELD_NAME but found [END_OBJECT]")
        }
        guard let kind = Kind(rawValue: name) else {
            throw Self.malformed(
                number, "expected field [create], [delete], [index] or [update] but found [\(name)]")
        }
        self.kind = kind
        guard let parameters = value.object else {
            throw Self.malformed(
                number, "expected START_OBJECT but found [\(Node(element: value, path: .root).token)]")
        }
        for (key, value) in parameters { try set(key, Node(element: value, path: .root), number) }
        guard members.next() == nil else {
            throw Self.malformed(number, "expected END_OBJECT but found [FIELD_NAME]")
        }
    }

    private mutating func set(_ name: String, _ node: Node, _ number: Int) throws(ElasticsearchError) {
        guard let key = Key(rawValue: name) else {
            throw .illegalArgument("Action/metadata line [\(number)] contains an unknown parameter [\(name)]")
        }
        if node.element.isNull { return }
        guard let text = node.text else {
            throw Self.malformed(number, "expected a simple value for field [\(name)] but found [\(node.token)]")
        }
        let integer = Int64(text)
        let boolean = Bool(text)
        switch key {
        case .index: index = text
        case .id: id = text
        case .routing: routing = text
        case .pipeline: pipeline = text
        case .operationType:
            guard let operation = Kind(rawValue: text), operation == .index || operation == .create else {
                throw .illegalArgument("opType must be 'create' or 'index', found: [\(text)]")
            }
            if kind == .index { kind = operation }
        case .ifSequenceNumber: ifSequenceNumber = integer
        case .ifPrimaryTerm: ifPrimaryTerm = integer
        case .requiresAlias: requiresAlias = boolean
        // Only updates, which are refused, retry.
        case .retryOnConflict: break
        case .requiresDataStream:
            if boolean != false {
                throw .illegalArgument("Action/metadata line [\(number)] contains an unknown parameter [\(name)]")
            }
        }
        switch key {
        case .ifSequenceNumber, .ifPrimaryTerm, .retryOnConflict:
            guard integer != nil else { throw Self.notANumber(text) }
        case .requiresAlias, .requiresDataStream:
            guard boolean != nil else {
                throw .illegalArgument("Failed to parse value [\(text)] as only [true] or [false] are allowed.")
            }
        case .index, .id, .routing, .operationType, .pipeline: break
        }
    }

    /// What a request may not ask for, in the words of Elasticsearch's validation.
    func violations(_ defaults: BulkRequest.Defaults) -> [String] {
        var violations: [String] = []
        if (index ?? defaults.index ?? "").isEmpty { violations.append("index is missing") }
        if kind == .delete || kind == .update, id == nil { violations.append("id is missing") }
        if kind == .create, ifSequenceNumber != nil || ifPrimaryTerm != nil {
            violations.append("create operations do not support compare and set. use index instead")
        }
        if ifSequenceNumber != nil, ifPrimaryTerm == nil {
            violations.append("ifSeqNo is set, but primary term is [0]")
        }
        if ifSequenceNumber == nil, let ifPrimaryTerm {
            violations.append("ifSeqNo is unassigned, but primary term is [\(ifPrimaryTerm)]")
        }
        return violations
    }

    /// The write, or why it is refused.
    func item(_ source: [UInt8], _ defaults: BulkRequest.Defaults) -> BulkRequest.Item {
        let index = index ?? defaults.index ?? ""
        let action: WriteOperation.Action
        switch kind {
        case .index: action = .index
        case .create: action = .create
        case .delete: action = .delete
        case .update: return refused(index, .illegalArgument("[update] actions are not supported"))
        }
        return .write(
            WriteOperation(
                action, index: index, id: id, routing: routing ?? defaults.routing, source: source,
                ifSequenceNumber: ifSequenceNumber, ifPrimaryTerm: ifPrimaryTerm,
                requiresAlias: requiresAlias ?? defaults.requiresAlias, pipeline: pipeline ?? defaults.pipeline))
    }

    private func refused(_ index: String, _ error: ElasticsearchError) -> BulkRequest.Item {
        .refused(BulkRequest.RefusedItem(action: kind.rawValue, index: index, id: id, error: error))
    }

    private static func malformed(_ number: Int, _ detail: String) -> ElasticsearchError {
        .illegalArgument("Malformed action/metadata line [\(number)], \(detail)")
    }

    private static func notANumber(_ text: String) -> ElasticsearchError {
        ElasticsearchError(status: 400, "number_format_exception", "For input string: \"\(text)\"")
    }
}
