internal import JSON

/// A field type whose definition stands in a file of its own; what layers above ask of one.
public struct ServedType: Equatable, Sendable {
    let definition: any TypeDefinition

    init(_ definition: any TypeDefinition) { self.definition = definition }

    /// Elasticsearch's name of the type.
    public var name: String { definition.name }
    /// The type as `_field_caps` names it.
    public var family: String { definition.family }
    public var column: ValueColumn { definition.column }
    public var coding: TermCoding { definition.coding }
    /// Nil for what is looked up as a whole.
    public var text: TextScoring? { definition.text }
    /// What `exists` finds; nil: documents that have the field.
    public var existence: FieldMatch? { definition.existence }

    /// Whether scores rise with a feature's weight; nil for a type without features that are ranked by.
    public var hasPositiveImpact: Bool? {
        (definition as? RankFeatureType)?.isPositive ?? (definition as? RankFeaturesType)?.isPositive
    }

    /// Whether it holds features by names, and not one alone.
    public var hasNamedFeatures: Bool { definition is RankFeaturesType }

    public var isSparseVector: Bool { definition is SparseVectorType }

    /// Where the beginnings of a text's words stand: a field below this one, or beside it; nil where they stand nowhere.
    public var beginnings: (field: String, isBelow: Bool, longest: Int)? {
        if definition is SearchAsYouTypeType { return (SearchAsYouTypeType.beginningsField, true, ShingleType.longestBeginning) }
        guard let shingles = definition as? ShingleType, case .words = shingles.part else { return nil }
        return (SearchAsYouTypeType.beginningsField, false, ShingleType.longestBeginning)
    }

    /// The field beside a field of this type that patterns are compared with; nil: the field itself.
    public var patternField: String? { definition is VersionType ? VersionType.textField : nil }

    /// - Throws: `ValueError.queryNotSupported`.
    public func checkPatterns(_ query: String) throws(ValueError) { try definition.checkPatterns(query) }

    public static func == (left: ServedType, right: ServedType) -> Bool { left.definition.isEqual(right.definition) }
}

/// Where the values of a field's documents are.
public enum ValueColumn: Equatable, Sendable {
    case none
    /// Terms as ranks of a sorted dictionary.
    case terms
    case longs
    /// Whole numbers, the top bit flipped.
    case unsigned
    /// Nanoseconds since 1970-01-01T00:00Z, written as dates of the format.
    case nanoseconds(DateFormat)
    case doubles
    /// Features of documents with a weight each.
    case features
    /// All documents have one value; nil: none has.
    case constant(String?)

    /// Whether values can be sorted and counted.
    public var isSorted: Bool {
        switch self {
        case .terms, .longs, .unsigned, .nanoseconds, .doubles, .constant: true
        case .none, .features: false
        }
    }
}

/// How the words of a field are scored.
public enum TextScoring: Equatable, Sendable {
    case bm25
    /// All matches alike.
    case constant
}
