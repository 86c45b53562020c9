public import JSON

/// One leaf field of a mapping.
public struct FieldMapping: Equatable, Sendable {
    public internal(set) var type: FieldType
    /// The parameters that differ from their defaults, as `GET _mapping` shows them.
    public internal(set) var parameters: JSONMembers
    /// Multi-fields: the same values indexed in another way, by name.
    public internal(set) var fields: [String: FieldMapping]
    /// What the names of analyzers mean in the field's index.
    var analysis = FieldAnalysis.standard

    init(type: FieldType, parameters: JSONMembers = [:], fields: [String: FieldMapping] = [:]) {
        self.type = type
        self.parameters = parameters
        self.fields = fields
        if case .served(let served) = type { implied = served.definition.implied(self) }
    }

    /// Fields that come with the type, by their names below this one.
    private(set) var implied: [String: FieldMapping] = [:]

    /// Multi-fields, and those that come with the type.
    var allFields: [String: FieldMapping] { implied.isEmpty ? fields : fields.merging(implied) { own, _ in own } }

    /// What `bind` found for the fields that come with the type.
    mutating func setImplied(_ fields: [String: FieldMapping]) { implied = fields }

    /// Whether queries can find the field's values by an index.
    public var isIndexed: Bool { parameters["index"] != .bool(false) }

    /// Whether values can be searched at all: by an index, or by Elasticsearch's slower doc values.
    public var isSearchable: Bool {
        if case .served(let served) = type { return served.definition.isSearchable(self) }
        return isIndexed || hasDocValues
    }

    /// Whether values can be read by document from columns, for sorting and counting.
    public var hasDocValues: Bool {
        switch type {
        case .keyword, .number, .boolean, .date, .geoPoint: parameters["doc_values"] != .bool(false)
        case .served(let served): served.column.isSorted && parameters["doc_values"] != .bool(false)
        case .text, .denseVector: false
        }
    }

    /// What is indexed in the place of an explicit null.
    public var nullValue: JSONValue? { parameters["null_value"] }

    /// Whether a value that cannot be read is left out of the index instead of refusing the document.
    public var ignoresMalformed: Bool { parameters["ignore_malformed"] == .bool(true) }

    /// Whether numbers in strings are read, and decimals cut for integer types.
    public var coerces: Bool { parameters["coerce"] != .bool(false) }

    /// Paths of fields that also get this field's values.
    public var copyTo: [String] { parameters["copy_to"]?.array?.compactMap(\.string) ?? [] }
}
