/// What a leaf field holds, with the options that change how its values are read.
public enum FieldType: Equatable, Sendable {
    case keyword(KeywordOptions)
    case text
    case number(NumberType)
    case boolean
    case date(DateFormat)
    case geoPoint
    case denseVector(DenseVectorOptions)

    /// The kinds of value that an index holds for a field.
    public enum ValueClass: Equatable, Sendable {
        case term, long, double, vector, point
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
        }
    }
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
