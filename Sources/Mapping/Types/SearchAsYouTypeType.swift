internal import Analysis
internal import JSON

/// `search_as_you_type`: text with the words in a row, and the beginnings of those, beside it.
struct SearchAsYouTypeType: TypeDefinition {
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

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func match(
        from lower: ScalarBound?, to upper: ScalarBound?, relation: SpanRelation, _ field: FieldMapping, _ dates: DateContext
    ) throws(ValueError) -> FieldMatch {
        .range(.terms(lower: lower.map { .init($0.value.text, isInclusive: $0.isInclusive) }, upper: upper.map { .init($0.value.text, isInclusive: $0.isInclusive) }))
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        ScalarValue(element).map { [.string($0.text)] } ?? []
    }

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

/// What a field beside a `search_as_you_type` field is made of.
enum ShinglePart: Equatable, Sendable {
    /// So many words in a row.
    case words(Int)
    /// The first letters of up to so many words in a row.
    case beginnings(of: Int)
}

/// A field beside a `search_as_you_type` field.
struct ShingleType: TypeDefinition {
    static let longestBeginning = 20

    var part: ShinglePart

    var name: String { "search_as_you_type" }
    var text: TextScoring? { .bm25 }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .value(.term(scalar.text))
    }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        ScalarValue(element).map { [.string($0.text)] } ?? []
    }

    /// The analyzer of the field, with what this part makes of its words.
    func analyzer(_ analyzer: Analyzer, isSearching: Bool) -> Analyzer {
        switch part {
        case .words(let count): analyzer.rows(ofWords: count...count)
        // A query's last word is the beginning itself.
        case .beginnings(let count): isSearching ? analyzer : analyzer.rows(ofWords: 1...count, beginnings: 1...Self.longestBeginning)
        }
    }
}
