public import Indices
internal import JSON
internal import Mapping
internal import Query
internal import SQL

/// The body of `_sql` and of `_sql/translate`.
public struct SQLRequest: Sendable {
    /// Nil where a cursor goes on.
    public private(set) var query: String?
    public private(set) var cursor: String?
    public private(set) var fetchSize = 1000
    public private(set) var isColumnar = false
    /// How long a cursor stays.
    public private(set) var pageTimeout = Duration.seconds(45)
    /// Nil: the request waits for the end, and nothing is kept.
    public private(set) var wait: Duration?
    public private(set) var isKept = false
    public private(set) var keepAlive = AsyncSearchLimits.defaultKeepAlive
    public private(set) var catalog: String?
    public private(set) var allowsPartialResults = false
    private var parameters: [SQLLiteral] = []
    private var filter: JSONValue?
    private var runtimeFields = RuntimeFields()
    private var runtime: JSONValue?
    private var zone = ZoneRule.utc
    private var takesFirstValue = false

    private enum Key: String, BodyKey {
        case query, cursor, columnar, filter, params, mode, catalog, version
        case fetchSize = "fetch_size"
        case timeZone = "time_zone"
        case requestTimeout = "request_timeout"
        case pageTimeout = "page_timeout"
        case takesFirstValue = "field_multi_value_leniency"
        case runtimeMappings = "runtime_mappings"
        case includesFrozen = "index_include_frozen"
        case wait = "wait_for_completion_timeout"
        case isKept = "keep_on_completion"
        case keepAlive = "keep_alive"
        case clientID = "client_id"
        case binaryFormat = "binary_format"
        case allowsPartialResults = "allow_partial_search_results"
    }

    /// What shows rows, which `_sql/translate` has none of.
    private static let ofRows: Set<Key> = [.cursor, .columnar, .takesFirstValue, .includesFrozen, .wait, .isKept, .keepAlive, .binaryFormat]

    /// - Parameter isTranslated: the search alone is wanted.
    /// - Throws: `ElasticsearchError`.
    public init(_ body: some Collection<UInt8>, isTranslated: Bool = false) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try SQLRequest(root, isTranslated) }
        if fetchSize < 1 { throw .validation(["fetch_size must be more than 0."]) }
        if (query ?? "").isEmpty, cursor == nil { throw .validation([isTranslated ? "query is required" : "one of [query] or [cursor] is required"]) }
        try AsyncSearchRequest.check(keepAlive)
    }

    private init(_ root: Node, _ isTranslated: Bool) throws(ParseError) {
        let parser = Parser.object(isTranslated ? "sql/translate" : "sql/query")
        for (key, field) in try root.fields(Key.self, of: parser) {
            if isTranslated, Self.ofRows.contains(key) { throw parser.unknown(field, known: []) }
            switch key {
            case .query: query = try field.string()
            case .cursor: cursor = try field.string()
            case .fetchSize: fetchSize = try field.int()
            case .columnar: isColumnar = try field.bool()
            case .filter:
                guard field.element.kind == .object else { throw field.unexpected }
                _ = try QueryDecoder().query(field.value)
                filter = JSONValue(field.element)
            case .params: try read(parameters: field)
            case .runtimeMappings:
                runtimeFields = try RuntimeFields(field)
                runtime = JSONValue(field.element)
            case .timeZone:
                let name = try field.string()
                guard let zone = ZoneRule(name) else { throw .argument("Unknown time-zone ID: \(name)", at: field.path) }
                self.zone = zone
            case .pageTimeout: pageTimeout = try field.duration()
            case .requestTimeout: _ = try field.duration()
            case .takesFirstValue: takesFirstValue = try field.bool()
            case .wait: wait = try field.duration()
            case .isKept: isKept = try field.bool()
            case .keepAlive: keepAlive = try field.duration()
            case .allowsPartialResults: allowsPartialResults = try field.bool()
            case .catalog: catalog = try field.string()
            // There are no frozen indices, and nothing that belongs to one client.
            case .includesFrozen, .binaryFormat: _ = try field.bool()
            case .clientID, .version: _ = try field.text()
            case .mode:
                let mode = try field.string()
                guard mode.lowercased() == "plain" else { throw .argument("[mode] [\(mode)] is not supported, only [plain]", at: field.path) }
            }
        }
    }

    private mutating func read(parameters field: Field) throws(ParseError) {
        guard let elements = field.value.elements else { throw field.unexpected }
        for node in elements {
            switch node.element.kind {
            case .null: parameters.append(.null)
            case .boolean: parameters.append(.boolean(node.element.bool ?? false))
            case .integer: parameters.append(.integer(Int64(node.element.int ?? 0)))
            case .unsigned, .double: parameters.append(.double(node.element.double ?? 0))
            case .string: parameters.append(.string(node.element.string ?? ""))
            case .object, .array:
                throw .argument("[params] must be an array where each entry is a single field (no objects supported)", at: node.path)
            }
        }
    }

    /// Reads the statement.
    ///
    /// - Throws: `SQLError` as `ElasticsearchError`.
    public func statement() throws(ElasticsearchError) -> SQLCommand {
        do throws(SQLError) {
            return SQLCommand(try SQLParser.statement(query ?? "", parameters: parameters))
        } catch {
            throw ElasticsearchError(error)
        }
    }

    /// - Parameter indices: those of the statement's table; nil: there is no table of that name.
    /// - Throws: `verification_exception`.
    public func plan(_ command: SQLCommand, _ indices: [IndexMetadata]?, catalog: String) throws(ElasticsearchError) -> SQLPlan {
        if let source = command.tables?.source, indices?.isEmpty != false, command.needsTable {
            var problems = SQLProblems()
            problems.add(source, "Unknown index [\(command.patterns?.joined(separator: ",") ?? source.text)]")
            try problems.check()
        }
        let schema = SQLSchema((indices ?? []).map { ($0.name, $0.mapping) }, runtime: runtimeFields)
        switch command.statement {
        case .select(let select):
            var planner = SQLPlanner(select, schema, zone: zone, filter: filter, runtime: runtime)
            var plan = try planner.plan()
            plan.indices = command.patterns ?? []
            plan.show(in: zone, takesFirstValue: takesFirstValue)
            return plan
        case .showTables(let tables): return .tables(indices ?? [], tables?.name, catalog: catalog)
        case .showColumns: return .columns(schema)
        }
    }
}
