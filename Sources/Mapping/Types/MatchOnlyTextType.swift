/// `match_only_text`: text whose matches all score alike.
struct MatchOnlyTextType: AnalyzedTextType {
    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("analyzer", .analyzer), MappingParameter("search_analyzer", .analyzer, updatable: true),
            MappingParameter("search_quote_analyzer", .analyzer, updatable: true), .meta, .copyTo,
        ]
    ) { (_, _) throws(MappingError) in MatchOnlyTextType() }

    var name: String { "match_only_text" }
    var family: String { "text" }
    var text: TextScoring? { .constant }

    func isSearchable(_ field: FieldMapping) -> Bool { true }
}
