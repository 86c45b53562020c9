internal import JSON
internal import Query

extension InnerHits {
    private enum Key: String, BodyKey {
        case name, from, size, sort, fields, version, explain, highlight
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
            case .source: fetch.take(try SourceRequest(field))
            case .highlight: fetch.highlight = try Highlight(field.value, queries)
            case .version: fetch.version = try field.bool()
            case .sequenceNumber: fetch.sequenceNumber = try field.bool()
            case .trackScores: tracksScores = try field.bool()
            case .ignoreUnmapped: ignoresUnmapped = try field.bool()
            case .explain: guard try !field.bool() else { throw field.unexpected }
            }
        }
        guard from >= 0 else { throw .argument("illegal from value, at least 0 or higher", at: field.path) }
        guard size >= 0 else { throw .argument("illegal size value, at least 0 or higher", at: field.path) }
    }
}
