internal import JSON
internal import Query

extension Collapse {
    private enum Key: String, BodyKey {
        case field
        case innerHits = "inner_hits"
        case concurrency = "max_concurrent_group_searches"
    }

    private enum InnerKey: String, BodyKey {
        case name, from, size, sort, version, explain, fields, collapse, highlight
        case scriptFields = "script_fields"
        case source = "_source"
        case docValueFields = "docvalue_fields"
        case storedFields = "stored_fields"
        case tracksScores = "track_scores"
        case sequenceNumber = "seq_no_primary_term"
        case ignoresUnmapped = "ignore_unmapped"
    }

    /// A `collapse` member.
    init(_ field: Field, _ queries: QueryDecoder) throws(ParseError) {
        guard field.element.kind == .object else { throw field.unexpected }
        try self.init(field.value, queries)
    }

    private init(_ node: Node, _ queries: QueryDecoder) throws(ParseError) {
        var name: String?
        var innerHits: [InnerHits] = []
        for (key, field) in try node.fields(Key.self, of: .object("collapse")) {
            switch key {
            case .field: name = try field.string()
            case .concurrency:
                let count = try field.int()
                guard count >= 1 else {
                    throw ParseError(
                        .content, "[collapse] failed to parse field [max_concurrent_group_searches]", at: field.path,
                        causedBy: .argument("maxConcurrentGroupRequests` must be positive", at: field.path))
                }
            case .innerHits:
                innerHits = try field.wrapping { () throws(ParseError) -> [InnerHits] in
                    var hits: [InnerHits] = []
                    for node in field.oneOrMany() { hits.append(try Self.innerHits(node, queries)) }
                    return hits
                }
            }
        }
        guard let name else { throw .argument("Required [field]", at: node.path) }
        self.init(field: name, innerHits: innerHits)
    }

    private static func innerHits(_ node: Node, _ queries: QueryDecoder) throws(ParseError) -> InnerHits {
        var hits = InnerHits()
        var omitsSource = false, isSourceGiven = false
        for (key, field) in try node.fields(InnerKey.self, of: .object("inner_hits")) {
            switch key {
            case .name: hits.name = try field.string()
            case .from:
                hits.from = try field.int()
                guard hits.from >= 0 else {
                    throw .argument("illegal from value, at least 0 or higher", at: field.path)
                }
            case .size:
                hits.size = try field.int()
                guard hits.size >= 0 else { throw .argument("illegal size value, at least 0 or higher", at: field.path) }
            case .sort: hits.sort = try Sort(field, queries)
            case .highlight: hits.fetch.highlight = try Highlight(field.value, queries)
            case .scriptFields: hits.fetch.scriptFields = try ScriptField.list(field)
            case .explain: hits.fetch.explains = try field.bool()
            case .version: hits.fetch.version = try field.bool()
            case .sequenceNumber: hits.fetch.sequenceNumber = try field.bool()
            case .tracksScores: hits.tracksScores = try field.bool()
            case .ignoresUnmapped: _ = try field.bool()
            case .fields: hits.fetch.fields += try FieldRequest.list(field)
            case .docValueFields: hits.fetch.docValueFields += try FieldRequest.list(field)
            case .source:
                hits.fetch.take(try SourceRequest(field))
                isSourceGiven = true
            case .storedFields:
                let names = try field.strings()
                hits.fetch.storedFields = names.filter { !$0.hasPrefix("_") }
                omitsSource = !names.contains("_source")
            case .collapse:
                let inner = try field.wrapping { () throws(ParseError) in try innerCollapse(field, queries) }
                hits.collapseField = inner
            }
        }
        if omitsSource || !hits.fetch.scriptFields.isEmpty, !isSourceGiven { hits.fetch.source = .none }
        return hits
    }

    /// A group is collapsed once more at most.
    private static func innerCollapse(_ field: Field, _ queries: QueryDecoder) throws(ParseError) -> String {
        for member in try field.value.members(of: .object("collapse")) where member.name != "field" {
            throw ParseError(.other("parse_exception", [:]), "Invalid token in the inner collapse", at: member.path)
        }
        return try Collapse(field, queries).field
    }
}
