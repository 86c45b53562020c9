internal import JSON

/// `search_as_you_type`: text with the words in a row, and the beginnings of those, beside it.
struct SearchAsYouTypeType: AnalyzedTextType {
    static let beginningsField = "_index_prefix"

    var maximumShingle = 3

    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("analyzer", .analyzer), MappingParameter("search_analyzer", .analyzer, updatable: true),
            MappingParameter("search_quote_analyzer", .analyzer, updatable: true), .index, .store, .meta, .copyTo,
            MappingParameter("doc_values", .boolean(default: false)), MappingParameter("max_shingle_size", .integer(default: 3)),
            MappingParameter("similarity", .string(default: nil)),
            MappingParameter("index_options", .oneOf(["docs", "freqs", "positions", "offsets"], default: "positions")),
            MappingParameter("norms", .boolean(default: true), updatable: true),
            MappingParameter("term_vector", .string(default: "no")),
        ]
    ) { (values, field) throws(MappingError) in
        var type = SearchAsYouTypeType()
        if case .int(let size) = values["max_shingle_size"] {
            guard (2...4).contains(size) else {
                throw .parameterOutOfRange(name: "max_shingle_size", field: field, value: .int(size), allowed: 2...4)
            }
            type.maximumShingle = size
        }
        if values["doc_values"] == .bool(true) { throw .docValuesOfText(field: field) }
        return type
    }

    var name: String { "search_as_you_type" }
    var text: TextScoring? { .bm25 }

    func implied(_ field: FieldMapping) -> [String: FieldMapping] {
        var implied: [String: FieldMapping] = [:]
        func part(_ cut: ShinglePart) -> FieldMapping {
            FieldMapping(type: .served(ServedType(ShingleType(part: cut))), parameters: field.parameters)
        }
        for size in 2...maximumShingle { implied["_\(size)gram"] = part(.words(size)) }
        implied[Self.beginningsField] = part(.beginnings(of: maximumShingle))
        return implied
    }
}
