internal import Indices
internal import JSON
internal import Query

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
        case version
        case olderVersion = "_version"
        case versionType = "version_type"
        case olderVersionType = "_version_type"
        case ifSequenceNumber = "if_seq_no"
        case ifPrimaryTerm = "if_primary_term"
        case requiresAlias = "require_alias"
        case requiresDataStream = "require_data_stream"
        case retryOnConflict = "retry_on_conflict"
        case olderRetryOnConflict = "_retry_on_conflict"
        case pipeline
        case listsPipelines = "list_executed_pipelines"
        case source = "_source"
        case dynamicTemplates = "dynamic_templates"
    }

    private(set) var kind: Kind
    private var index: String?
    private var id: String?
    private var routing: String?
    private var ifSequenceNumber: Int64?
    private var ifPrimaryTerm: Int64?
    private var requiresAlias: Bool?
    private var requiresDataStream: Bool?
    private var pipeline: String?
    private var listsPipelines: Bool?
    private var version = WriteVersion()
    private var retries = 0
    private var source: SourceRequest?
    private var dynamicTemplates: [String: String] = [:]

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
        for (key, value) in parameters {
            try set(Field(name: key, value: Node(element: value, path: .root), parser: .search), number)
        }
        guard members.next() == nil else {
            throw Self.malformed(number, "expected END_OBJECT but found [FIELD_NAME]")
        }
        if kind == .update, version.isGiven {
            throw .illegalArgument(
                "Update requests do not support versioning. Please use `if_seq_no` and `if_primary_term` instead")
        }
    }

    private mutating func set(_ field: Field, _ number: Int) throws(ElasticsearchError) {
        guard let key = Key(rawValue: field.name) else {
            throw .illegalArgument("Action/metadata line [\(number)] contains an unknown parameter [\(field.name)]")
        }
        if field.element.isNull { return }
        if key == .source || key == .dynamicTemplates {
            do {
                try setNested(key, field, number)
            } catch let error as ParseError {
                throw error.located(in: [])
            } catch let error as ElasticsearchError {
                throw error
            } catch {
                throw .internalError
            }
            return
        }
        guard let text = field.value.text else {
            throw Self.malformed(
                number, "expected a simple value for field [\(field.name)] but found [\(field.value.token)]")
        }
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
        case .version, .olderVersion: version.number = try Self.integer(text)
        case .versionType, .olderVersionType: version.kind = try WriteVersion.Kind(text)
        case .ifSequenceNumber: ifSequenceNumber = try Self.integer(text)
        case .ifPrimaryTerm: ifPrimaryTerm = try Self.integer(text)
        case .retryOnConflict, .olderRetryOnConflict: retries = Int(clamping: try Self.integer(text))
        case .requiresAlias: requiresAlias = try Self.boolean(text)
        case .requiresDataStream: requiresDataStream = try Self.boolean(text)
        case .listsPipelines: listsPipelines = try Self.boolean(text)
        case .source, .dynamicTemplates: break
        }
    }

    private mutating func setNested(_ key: Key, _ field: Field, _ number: Int) throws {
        if key == .source {
            source = try SourceRequest(field)
            return
        }
        guard let templates = field.element.object else {
            throw Self.malformed(
                number, "expected a simple value for field [\(field.name)] but found [\(field.value.token)]")
        }
        for (path, name) in templates {
            guard let name = name.string else { throw field.unexpected }
            dynamicTemplates[path] = name
        }
    }

    /// What a request may not ask for, in the words of Elasticsearch's validation.
    func violations(_ defaults: BulkRequest.Defaults) -> [String] {
        var violations: [String] = []
        if (index ?? defaults.index ?? "").isEmpty { violations.append("index is missing") }
        if kind == .delete || kind == .update, id == nil { violations.append("id is missing") }
        // An update says the same of its body too.
        if kind == .update { return violations }
        violations += version.violations(
            isCreation: kind == .create, hasID: id != nil || kind == .delete, isConditional: ifSequenceNumber != nil)
        if kind == .create, ifSequenceNumber != nil || ifPrimaryTerm != nil {
            violations.append("create operations do not support compare and set. use index instead")
        } else if let condition = WriteParameters.conditionViolation(ifSequenceNumber, ifPrimaryTerm, isCreation: false) {
            violations.append(condition)
        }
        return violations
    }

    /// What the document line of an update says.
    ///
    /// - Throws: `ElasticsearchError` for a body that is none.
    func update(_ body: some Collection<UInt8>, _ defaults: BulkRequest.Defaults) throws(ElasticsearchError) -> UpdateRequest {
        var request = try UpdateRequest(body: body)
        request.update.retries = retries
        request.update.shown = request.update.shown ?? (source ?? defaults.source)?.shown
        request.ifSequenceNumber = ifSequenceNumber ?? request.ifSequenceNumber
        request.ifPrimaryTerm = ifPrimaryTerm ?? request.ifPrimaryTerm
        return request
    }

    /// The write, or why it is refused.
    func item(_ source: [UInt8], _ update: UpdateRequest?, _ defaults: BulkRequest.Defaults) -> BulkRequest.Item {
        let index = index ?? defaults.index ?? ""
        if kind != .delete {
            do {
                try Pipeline.check(pipeline ?? defaults.pipeline)
            } catch {
                return .refused(BulkRequest.RefusedItem(action: kind.rawValue, index: index, id: id, error: error))
            }
        }
        let action: WriteOperation.Action =
            switch kind {
            case .index: .index
            case .create: .create
            case .delete: .delete
            case .update: .update
            }
        var operation = WriteOperation(
            action, index: index, id: id, routing: routing ?? defaults.routing, source: source,
            ifSequenceNumber: update?.ifSequenceNumber ?? ifSequenceNumber,
            ifPrimaryTerm: update?.ifPrimaryTerm ?? ifPrimaryTerm, requiresAlias: requiresAlias ?? defaults.requiresAlias)
        operation.update = update?.update
        operation.version = version.external
        operation.requiresDataStream = requiresDataStream ?? defaults.requiresDataStream
        operation.dynamicTemplates = dynamicTemplates
        return .write(operation, listsPipelines: listsPipelines ?? defaults.listsPipelines)
    }

    private static func malformed(_ number: Int, _ detail: String) -> ElasticsearchError {
        .illegalArgument("Malformed action/metadata line [\(number)], \(detail)")
    }

    private static func integer(_ text: String) throws(ElasticsearchError) -> Int64 {
        guard let number = Int64(text) else {
            throw ElasticsearchError(status: 400, "number_format_exception", "For input string: \"\(text)\"")
        }
        return number
    }

    private static func boolean(_ text: String) throws(ElasticsearchError) -> Bool {
        guard let flag = Bool(text) else {
            throw .illegalArgument("Failed to parse value [\(text)] as only [true] or [false] are allowed.")
        }
        return flag
    }
}
