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
    private(set) var index: String?
    private(set) var id: String?
    private(set) var routing: String?
    private(set) var ifSequenceNumber: Int64?
    private(set) var ifPrimaryTerm: Int64?
    private(set) var requiresAlias: Bool?
    private(set) var requiresDataStream: Bool?
    private(set) var pipeline: String?
    private(set) var listsPipelines: Bool?
    private(set) var version = WriteVersion()
    private(set) var retries = 0
    private(set) var source: SourceRequest?
    private(set) var dynamicTemplates: [String: String] = [:]

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
