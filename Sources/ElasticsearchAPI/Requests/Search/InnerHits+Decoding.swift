internal import JSON
internal import Query

extension InnerHits {
    private enum Key: String, BodyKey {
        case name, from, size, sort, fields, version, explain, highlight, collapse
        case scriptFields = "script_fields"
        case ignoreUnmapped = "ignore_unmapped"
        case source = "_source"
        case storedFields = "stored_fields"
        case docValueFields = "docvalue_fields"
        case trackScores = "track_scores"
        case sequenceNumber = "seq_no_primary_term"
    }

    /// An `inner_hits` member.
    init(_ field: Field) throws(ParseError) {
        self.init()
        let queries = QueryDecoder()
        var omitsSource = false, isSourceGiven = false
        for (key, field) in try field.value.fields(Key.self, of: .object("inner_hits")) {
            switch key {
            case .name: name = try field.string()
            case .from: from = try field.int()
            case .size: size = try field.int()
            case .sort: sort = try Sort(field, queries)
            case .fields: fetch.fields += try FieldRequest.list(field)
            case .docValueFields: fetch.docValueFields += try FieldRequest.list(field)
            case .storedFields:
                let names = try field.strings()
                fetch.storedFields = names.filter { !$0.hasPrefix("_") }
                omitsSource = !names.contains("_source")
            case .source:
                fetch.take(try SourceRequest(field))
                isSourceGiven = true
            case .scriptFields: fetch.scriptFields = try ScriptField.list(field)
            case .highlight: fetch.highlight = try Highlight(field.value, queries)
            case .version: fetch.version = try field.bool()
            case .sequenceNumber: fetch.sequenceNumber = try field.bool()
            case .trackScores: tracksScores = try field.bool()
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .explain: fetch.explains = try field.bool()
            // Read and not acted on, as in Elasticsearch: only the hits of groups are collapsed once more.
            case .collapse: _ = try field.wrapping { () throws(ParseError) in try Collapse(field, queries) }
            }
        }
        if omitsSource || !fetch.scriptFields.isEmpty, !isSourceGiven { fetch.source = .none }
        guard from >= 0 else { throw .argument("illegal from value, at least 0 or higher", at: field.path) }
        guard size >= 0 else { throw .argument("illegal size value, at least 0 or higher", at: field.path) }
    }
}
