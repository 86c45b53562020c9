public import Analysis
public import JSON

/// How dynamic mapping guesses types.
public struct DynamicSettings: Equatable, Sendable {
    /// Formats tried on strings; the first pair of Elasticsearch's defaults.
    static let defaultDateFormats = ["strict_date_optional_time", "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis"]

    /// Whether strings that read as dates become date fields. Nil: yes.
    public var dateDetection: Bool?
    /// Whether strings that read as numbers become number fields. Nil: no.
    public var numericDetection: Bool?
    /// Nil: Elasticsearch's defaults.
    public var dateFormats: [String]?
    /// Tried in order; the first that matches gives the field's mapping.
    public var templates: [DynamicTemplate]

    public init(
        dateDetection: Bool? = nil, numericDetection: Bool? = nil, dateFormats: [String]? = nil,
        templates: [DynamicTemplate] = []
    ) {
        self.dateDetection = dateDetection
        self.numericDetection = numericDetection
        self.dateFormats = dateFormats
        self.templates = templates
    }
}

/// One entry of `dynamic_templates`.
///
/// Reference: https://www.elastic.co/docs/manage-data/data-store/mapping/dynamic-templates
public struct DynamicTemplate: Equatable, Sendable {
    /// The JSON types a template can ask for in `match_mapping_type`.
    public enum DetectedType: String, CaseIterable, Equatable, Sendable {
        case object, string, long, double, boolean, date, binary

        /// What `{dynamic_type}` stands for.
        var mappedTypeName: String {
            switch self {
            case .string: "text"
            case .double: "float"
            case .long, .boolean, .date, .object, .binary: rawValue
            }
        }
    }

    public var name: String
    /// Nil: any type.
    public var matchedTypes: Set<DetectedType>?
    public var unmatchedTypes: Set<DetectedType> = []
    /// The patterns as regular expressions, by their texts; nil: they are patterns with `*`.
    public var expressions: [String: WholePattern]?
    /// Patterns on the field's own name.
    public var match: [String]
    public var unmatch: [String]
    /// Patterns on its full path.
    public var pathMatch: [String]
    public var pathUnmatch: [String]
    /// The mapping to give, with `{name}` and `{dynamic_type}` to be filled in.
    public var mapping: JSONMembers
    /// As it was written, for `GET _mapping`.
    public var definition: JSONValue

    /// Whether the template speaks for a field.
    func matches(name: String, path: String, type: DetectedType) -> Bool {
        func any(_ patterns: [String], _ text: String) -> Bool {
            patterns.contains { pattern in
                expressions.map { $0[pattern]?.matches(text) == true } ?? WildcardPattern(pattern).matches(text)
            }
        }
        return matchedTypes?.contains(type) != false && !unmatchedTypes.contains(type)
            && (match.isEmpty || any(match, name)) && !any(unmatch, name)
            && (pathMatch.isEmpty || any(pathMatch, path)) && !any(pathUnmatch, path)
    }
}
