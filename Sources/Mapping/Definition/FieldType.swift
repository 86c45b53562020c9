/// What a leaf field holds, with the options that change how its values are read.
public enum FieldType: Equatable, Sendable {
    case keyword(KeywordOptions)
    case text
    case number(NumberType)
    case boolean
    case date(DateFormat)
    case geoPoint
    case denseVector(DenseVectorOptions)
    /// A type that stands in a file of its own.
    case served(ServedType)

    /// The kinds of value that an index holds for a field.
    public enum ValueClass: Equatable, Sendable {
        case term, long, double, vector, point
        /// Values that are not looked up one by one.
        case other
    }

    /// Elasticsearch's name of the type.
    public var name: String {
        switch self {
        case .keyword: "keyword"
        case .text: "text"
        case .number(let type): type.name
        case .boolean: "boolean"
        case .date: "date"
        case .geoPoint: "geo_point"
        case .denseVector: "dense_vector"
        case .served(let type): type.name
        }
    }

    /// Where this type's values are indexed.
    public var valueClass: ValueClass {
        switch self {
        case .keyword, .text: .term
        case .number(let type): type.isFloatingPoint ? .double : .long
        case .boolean, .date: .long
        case .geoPoint: .point
        case .denseVector: .vector
        case .served(let type):
            switch type.column {
            case .terms: .term
            case .longs, .unsigned, .nanoseconds: .long
            case .doubles: .double
            case .none: type.text == nil ? .other : .term
            case .features, .constant: .other
            }
        }
    }

    /// How its words are scored; nil for what is looked up as a whole.
    public var text: TextScoring? {
        switch self {
        case .text: .bm25
        case .served(let type): type.text
        case .keyword, .number, .boolean, .date, .geoPoint, .denseVector: nil
        }
    }

    /// How the terms of its column are written.
    public var coding: TermCoding { if case .served(let type) = self { type.coding } else { .plain } }

    /// The type as `_field_caps` names it.
    public var family: String { if case .served(let type) = self { type.family } else { name } }
}

/// Options of `keyword`.
public struct KeywordOptions: Equatable, Sendable {
    /// Longer values (in UTF-16 code units, as Elasticsearch counts) are stored but not indexed.
    public var ignoreAbove: Int

    public init(ignoreAbove: Int = .max) {
        self.ignoreAbove = ignoreAbove
    }
}

/// The numeric types and what they can hold.
public enum NumberType: Equatable, Sendable {
    case byte, short, integer, long, unsignedLong
    case halfFloat, float, double
    /// Held as the 64-bit integer nearest to value × `factor`.
    case scaledFloat(factor: Double)

    public var name: String {
        switch self {
        case .byte: "byte"
        case .short: "short"
        case .integer: "integer"
        case .long: "long"
        case .unsignedLong: "unsigned_long"
        case .halfFloat: "half_float"
        case .float: "float"
        case .double: "double"
        case .scaledFloat: "scaled_float"
        }
    }

    /// Whether the index holds doubles; the others are 64-bit integers there.
    public var isFloatingPoint: Bool {
        switch self {
        case .halfFloat, .float, .double: true
        case .byte, .short, .integer, .long, .unsignedLong, .scaledFloat: false
        }
    }
}
