/// What an index's settings say of its fields: `index.mapping.*`, and which of them are looked in where a query names none.
public struct MappingLimits: Equatable, Sendable {
    /// The most fields, objects and multi-fields: `total_fields.limit`.
    public var fields = 1000
    /// The most levels of objects: `depth.limit`.
    public var depth = 20
    /// The most characters of a field's own name: `field_name_length.limit`.
    public var nameLength = Int.max
    /// Whether fields that documents bring beyond the limit are left out: `total_fields.ignore_dynamic_beyond_limit`.
    public var ignoresFieldsBeyond = false
    /// Whether malformed values are left out where a field does not say: `ignore_malformed`.
    public var ignoresMalformed = false
    /// The most nested fields: `nested_fields.limit`.
    public var nestedFields = 100
    /// The most nested objects of one document: `nested_objects.limit`.
    public var nestedObjects = 10_000

    /// Whether `semantic_text` shows what models made in its own place: `semantic_text.use_legacy_format`.
    public var usesLegacySemanticText = false

    /// The most characters of a keyword whose field does not say: `ignore_above`.
    public var ignoreAbove = Int.max

    /// Whether numbers in strings are read, and decimals cut, where a field does not say: `index.mapping.coerce`.
    public var coerces = true

    /// The fields, patterns among them, of queries that name none, with weights: `index.query.default_field`.
    public var defaultFields = ["*"]
    /// Whether a `query_string` that does not say takes values that are not of a field's type: `index.query_string.lenient`.
    public var isQueryStringLenient = false

    public init() {}

    /// For mappings that are not an index's yet.
    public static let unlimited: MappingLimits = {
        var limits = MappingLimits()
        limits.fields = .max
        limits.depth = Mapping.maximumDepth
        limits.nestedFields = .max
        return limits
    }()
}
