public import Indices
internal import JSON
internal import Query
internal import Scripts

/// An `_update` request: what is done to a document, and under which conditions.
public struct UpdateRequest: Sendable {
    public var update = DocumentUpdate()
    var ifSequenceNumber: Int64?
    var ifPrimaryTerm: Int64?

    private enum Key: String, BodyKey {
        case doc, upsert, script
        case docAsUpsert = "doc_as_upsert"
        case detectNoop = "detect_noop"
        case scriptedUpsert = "scripted_upsert"
        case source = "_source"
        case ifSequenceNumber = "if_seq_no"
        case ifPrimaryTerm = "if_primary_term"
    }

    /// - Throws: `ElasticsearchError` for a body that is none.
    init(body: some Collection<UInt8>) throws(ElasticsearchError) {
        self = try JSONBody.decode(body) { (root) throws(ParseError) in try UpdateRequest(root) }
    }

    private init(_ root: Node) throws(ParseError) {
        for (key, field) in try root.fields(Key.self, of: .object("UpdateRequest")) {
            switch key {
            case .doc: update.document = try Self.object(field)
            case .upsert: update.upsert = try Self.object(field)
            case .script: update.script = try ScriptReference(field)
            case .docAsUpsert: update.upsertsDocument = try field.bool()
            case .detectNoop: update.detectsNoop = try field.bool()
            case .scriptedUpsert: update.isScriptedUpsert = try field.bool()
            case .source: update.shown = try SourceRequest(field).shown
            case .ifSequenceNumber: ifSequenceNumber = Int64(try field.int())
            case .ifPrimaryTerm: ifPrimaryTerm = Int64(try field.int())
            }
        }
    }

    private static func object(_ field: Field) throws(ParseError) -> JSONElement {
        guard field.element.kind == .object else { throw field.unexpected }
        return field.element
    }

    /// What may not be asked for together, in the words of Elasticsearch's validation.
    var violations: [String] {
        var violations: [String] = []
        if update.script == nil, update.document == nil { violations.append("script or doc is missing") }
        if update.script != nil, update.document != nil { violations.append("can't provide both script and doc") }
        if update.document == nil, update.upsertsDocument {
            violations.append("doc must be specified if doc_as_upsert is enabled")
        }
        if ifSequenceNumber != nil {
            if update.retries > 0 { violations.append("compare and write operations can not be retried") }
            if update.upsertsDocument { violations.append("compare and write operations can not be used with upsert") }
            if update.upsert != nil {
                violations.append("upsert requests don't support `if_seq_no` and `if_primary_term`")
            }
        }
        if let condition = WriteParameters.conditionViolation(ifSequenceNumber, ifPrimaryTerm, isCreation: false) {
            violations.append(condition)
        }
        return violations
    }
}

extension WriteOperation {
    /// The update of one document, by the URL and the body of `_update`.
    ///
    /// - Throws: `ElasticsearchError`.
    public static func update(
        index: String, id: String, _ parameters: QueryParameters, body: some Collection<UInt8>
    ) throws(ElasticsearchError) -> WriteOperation {
        var request = try UpdateRequest(body: body)
        request.update.retries = try parameters.int("retry_on_conflict") ?? 0
        request.ifSequenceNumber = try parameters.long("if_seq_no") ?? request.ifSequenceNumber
        request.ifPrimaryTerm = try parameters.long("if_primary_term") ?? request.ifPrimaryTerm
        if let source = try SourceRequest(parameters) { request.update.shown = source.shown }
        if let name = parameters["lang"], case .inline(var script)? = request.update.script, script.language == .painless {
            guard let language = ScriptLanguage(rawValue: name) else {
                throw .illegalArgument("script_lang not supported [\(name)]")
            }
            script.language = language
            request.update.script = .inline(script)
        }
        let violations = request.violations
        if !violations.isEmpty { throw .validation(violations) }
        var operation = WriteOperation(
            .update, index: index, id: id, routing: parameters["routing"], ifSequenceNumber: request.ifSequenceNumber,
            ifPrimaryTerm: request.ifPrimaryTerm, requiresAlias: try parameters.bool("require_alias") ?? false)
        operation.update = request.update
        return operation
    }
}
