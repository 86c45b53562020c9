internal import JSON

/// `rank_feature`: a number that the score of a document rises, or falls, with.
struct RankFeatureType: TypeDefinition {
    /// The name of the feature of a field that has one alone.
    static let onlyName = "_"

    var isPositive = true

    static let entry = TypeRegistry.Entry(
        parameters: [
            MappingParameter("positive_score_impact", .boolean(default: true)), MappingParameter("null_value", .number), .meta, .copyTo,
        ]
    ) { (values, field) throws(MappingError) in
        if case .double(let value)? = values["null_value"], !Float(value).isFinite || Float(value) < .leastNormalMagnitude {
            throw .nullFeatureNotPositive(type: "rank_feature", field: field)
        }
        return RankFeatureType(isPositive: values["positive_score_impact"] != .bool(false))
    }

    var name: String { "rank_feature" }
    var column: ValueColumn { .features }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        if let array = value.array {
            for element in array { try read(element, field, context, into: &reader) }
            return
        }
        let scalar = value.isNull ? field.nullValue.flatMap { ScalarValue($0) } : ScalarValue(value)
        guard let scalar else { if value.isNull { return } else { throw malformed(value, context, .unexpectedObject) } }
        let weight: Float
        do {
            weight = try FeatureWeight.read(scalar, field: context.path, isPositive: isPositive)
        } catch {
            throw malformed(value, context, error)
        }
        guard !reader.result.fieldNames.contains(context.path) else {
            throw malformed(value, context, .severalFeatures(type: name, field: context.path, feature: nil))
        }
        reader.result.fieldNames.insert(context.path)
        reader.result.features.append(.init(field: context.path, name: Self.onlyName, weight: weight))
    }

    private func malformed(_ value: JSONElement, _ context: DocumentReader.Context, _ cause: ValueError) -> DocumentParsingError {
        .malformedValue(field: context.path, type: name, preview: DocumentReader.preview(value), cause: cause)
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        throw .queryNotSupported("term", type: name)
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        guard let number = element.double ?? element.string.flatMap({ Double($0) }) else { return [] }
        return [.float(Float(number))]
    }
}

/// The weights of features: positive floats, of which the index keeps nine bits of precision.
///
/// Source: Lucene's `FeatureField`.
public enum FeatureWeight {
    /// The name under which the weight of a `rank_feature` field is indexed.
    public static var onlyName: String { RankFeatureType.onlyName }

    static func read(_ scalar: ScalarValue, field: String, isPositive: Bool) throws(ValueError) -> Float {
        let value = Float(try NumberType.double(scalar))
        guard value.isFinite, value >= .leastNormalMagnitude else { throw .featureNotPositive(value, field: field) }
        return isPositive ? value : 1 / value
    }

    /// The count that stands for a weight: the upper bits of the number.
    public static func encode(_ weight: Float) -> UInt32 { max(weight, .leastNormalMagnitude).bitPattern >> 15 }

    /// The weight of a frequency.
    public static func decode(_ count: UInt32) -> Float { Float(bitPattern: count << 15) }
}
