internal import JSON

/// One mapping parameter of a field type: what it may be, its default, and whether a later mapping may change it.
struct MappingParameter: Sendable {
    enum Kind: Sendable {
        case boolean(default: Bool?)
        case integer(default: Int?)
        case number
        case string(default: String?)
        case oneOf([String], default: String?)
        /// One string or a list of them.
        case strings
        /// A value of the field itself: a string, a number or a boolean.
        case scalar
        case object
        /// An object or a list of them.
        case list
        /// The name of an analyzer, or of a normalizer: looked up when the mapping meets its index's settings.
        case analyzer
        case normalizer
    }

    var name: String
    var kind: Kind
    var isUpdatable: Bool
    /// Whether an explicit null is as good as nothing.
    var acceptsNull: Bool
    /// Whether the default is kept where it is given, since what the index says of all fields may be something else.
    var keepsDefault: Bool

    init(_ name: String, _ kind: Kind, updatable: Bool = false, acceptsNull: Bool = false, keepsDefault: Bool = false) {
        self.name = name
        self.kind = kind
        isUpdatable = updatable
        self.acceptsNull = acceptsNull
        self.keepsDefault = keepsDefault
    }

    var defaultValue: JSONValue? {
        switch kind {
        case .boolean(let value): value.map { .bool($0) }
        case .integer(let value): value.map { .int($0) }
        case .string(let value), .oneOf(_, let value): value.map { .string($0) }
        case .number, .strings, .scalar, .object, .list, .analyzer, .normalizer: nil
        }
    }

    /// What stands for a value that is not given where two mappings are compared.
    var shownDefault: JSONValue {
        if case .analyzer = kind { return "default" }
        return defaultValue ?? .null
    }
}

extension MappingParameter {
    /// Every parameter that a field type knows besides `type` and `fields`; nil for an unknown type.
    ///
    /// This table is the one place that says what a mapping may contain.
    static func table(ofType type: String) -> [MappingParameter]? {
        switch type {
        case "keyword": keyword + common
        case "text": text + common
        case "long", "integer", "short", "byte", "double", "float", "half_float": number + common
        case "unsigned_long": number.filter { $0.name != "coerce" } + common
        case "scaled_float": number + [MappingParameter("scaling_factor", .number)] + common
        case "boolean": boolean + common
        case "date": date + common
        case "geo_point": geoPoint + common
        case "dense_vector": denseVector
        default: TypeRegistry.entries[type]?.parameters
        }
    }

    static let meta = MappingParameter("meta", .object, updatable: true)
    static let index = MappingParameter("index", .boolean(default: true))
    static let docValues = MappingParameter("doc_values", .boolean(default: true))
    static let store = MappingParameter("store", .boolean(default: false))
    static let nullValue = MappingParameter("null_value", .scalar)
    static let ignoreMalformed = MappingParameter("ignore_malformed", .boolean(default: false), updatable: true, keepsDefault: true)
    static let coerce = MappingParameter("coerce", .boolean(default: true), updatable: true, keepsDefault: true)
    static let timeSeriesDimension = MappingParameter("time_series_dimension", .boolean(default: false))
    static let copyTo = MappingParameter("copy_to", .strings, updatable: true)
    private static let common = [index, store, meta, copyTo]
    private static let indexOptions = ["docs", "freqs", "positions", "offsets"]

    private static let keyword = [
        docValues, nullValue, timeSeriesDimension,
        MappingParameter("ignore_above", .integer(default: nil), updatable: true),
        MappingParameter("eager_global_ordinals", .boolean(default: false), updatable: true),
        MappingParameter("index_options", .oneOf(["docs", "freqs"], default: "docs")),
        MappingParameter("norms", .boolean(default: false), updatable: true),
        MappingParameter("similarity", .string(default: nil)),
        MappingParameter("normalizer", .normalizer),
        MappingParameter("split_queries_on_whitespace", .boolean(default: false), updatable: true),
    ]
    private static let text = [
        MappingParameter("analyzer", .analyzer),
        MappingParameter("search_analyzer", .analyzer, updatable: true),
        MappingParameter("search_quote_analyzer", .analyzer, updatable: true),
        MappingParameter("similarity", .string(default: nil)),
        MappingParameter("index_options", .oneOf(indexOptions, default: "positions")),
        MappingParameter("norms", .boolean(default: true), updatable: true),
        MappingParameter(
            "term_vector",
            .oneOf(
                [
                    "no", "yes", "with_positions", "with_offsets", "with_positions_offsets", "with_positions_payloads",
                    "with_positions_offsets_payloads",
                ], default: "no")),
        MappingParameter("position_increment_gap", .integer(default: 100)),
        MappingParameter("fielddata", .boolean(default: false), updatable: true),
        MappingParameter("fielddata_frequency_filter", .object, updatable: true),
        MappingParameter("eager_global_ordinals", .boolean(default: false), updatable: true),
        MappingParameter("index_prefixes", .object),
        MappingParameter("index_phrases", .boolean(default: false)),
    ]
    private static let number = [
        docValues, nullValue, ignoreMalformed, timeSeriesDimension, coerce,
        MappingParameter("time_series_metric", .string(default: nil)),
    ]
    private static let boolean = [docValues, nullValue, ignoreMalformed, timeSeriesDimension]
    private static let date = [
        docValues, nullValue, ignoreMalformed,
        MappingParameter("format", .string(default: DateFormat.defaultPattern)),
        MappingParameter("locale", .string(default: "en")),
    ]
    private static let geoPoint = [
        docValues, MappingParameter("null_value", .object), ignoreMalformed,
        MappingParameter("ignore_z_value", .boolean(default: true), updatable: true),
    ]
    private static let denseVector = [
        MappingParameter("dims", .integer(default: nil)),
        MappingParameter("element_type", .string(default: "float")),
        index,
        MappingParameter("similarity", .oneOf(VectorSimilarity.allCases.map(\.rawValue), default: nil)),
        MappingParameter("index_options", .object, updatable: true),
        meta,
    ]
}

extension MappingParameter {
    /// Reads a value as this parameter has it, leniently where Elasticsearch is: `"true"` and `"16"` are read too.
    func canonicalValue(of element: JSONElement, field: String, type: String) throws(MappingError) -> JSONValue {
        func malformed(_ expected: MappingError.ParameterExpectation) -> MappingError {
            .malformedParameter(name: name, field: field, value: JSONValue(element), expected: expected)
        }
        guard !element.isNull else { throw .nullParameter(name: name, field: field, type: type) }
        switch kind {
        case .boolean:
            guard let value = element.bool ?? element.string.flatMap({ Bool($0) }) else { throw malformed(.boolean) }
            return .bool(value)
        case .integer:
            let whole = element.double.flatMap { Int(exactly: $0) }
            guard let value = element.int ?? whole ?? element.string.flatMap({ Int($0) }) else {
                throw malformed(.integer)
            }
            return .int(value)
        case .number:
            guard let value = element.double ?? element.string.flatMap({ Double($0) }), value.isFinite else {
                throw malformed(.number)
            }
            return .double(value)
        case .string, .analyzer, .normalizer:
            guard let value = element.string else { throw malformed(.string) }
            return .string(value)
        case .oneOf(let accepted, _):
            guard let value = element.string else { throw malformed(.string) }
            guard accepted.contains(value) else {
                throw .unknownParameterValue(name: name, field: field, value: value, accepted: accepted)
            }
            return .string(value)
        case .strings:
            let values =
                element.string.map { [$0] }
                ?? element.array?.map(\.string).reduce(into: [String]?.some([])) {
                    if let text = $1 { $0?.append(text) } else { $0 = nil }
                }
            guard let values else { throw malformed(.strings) }
            return .array(values.map { .string($0) })
        case .scalar:
            guard element.object == nil, element.array == nil else { throw malformed(.scalar) }
            return JSONValue(element)
        case .list:
            guard element.object != nil || element.array != nil else { throw malformed(.object) }
            return JSONValue(element)
        case .object:
            guard element.object != nil || name == "null_value" else { throw malformed(.object) }
            return JSONValue(element)
        }
    }
}
