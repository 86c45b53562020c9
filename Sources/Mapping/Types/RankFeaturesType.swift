internal import JSON

/// `rank_features`: named numbers, each of which a score can rise, or fall, with.
struct RankFeaturesType: TypeDefinition {
    var isPositive = true

    static let entry = TypeRegistry.Entry(
        parameters: [MappingParameter("positive_score_impact", .boolean(default: true)), .meta]
    ) { (values, _) throws(MappingError) in RankFeaturesType(isPositive: values["positive_score_impact"] != .bool(false)) }

    var name: String { "rank_features" }
    var takesObjects: Bool { true }
    var column: ValueColumn { .features }

    func isSearchable(_ field: FieldMapping) -> Bool { true }

    func read(
        _ value: JSONElement, _ field: FieldMapping, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        try FeatureReading(type: name, isPositive: isPositive, keepsGreatest: false).read(value, context, into: &reader)
    }

    func match(_ scalar: ScalarValue, _ field: FieldMapping, _ dates: DateContext) throws(ValueError) -> FieldMatch {
        .feature(scalar.text)
    }

    func checkPatterns(_ query: String) throws(ValueError) { throw .queryNotSupported(query, type: name) }

    func fetched(_ element: JSONElement, _ field: FieldMapping, format: DateFormat?) -> [JSONValue] {
        element.isNull ? [] : [JSONValue(element)]
    }
}

/// Reads objects of names and weights.
struct FeatureReading {
    let type: String
    var isPositive = true
    /// Whether of several weights of a name the greatest counts; else a second one is refused.
    let keepsGreatest: Bool

    func read(
        _ value: JSONElement, _ context: DocumentReader.Context, into reader: inout DocumentReader
    ) throws(DocumentParsingError) {
        // Where each feature stands: a document has thousands.
        var places: [String: Int] = [:]
        for (place, feature) in reader.result.features.enumerated() where feature.field == context.path { places[feature.name] = place }
        try read(value, context, into: &reader, &places)
    }

    private func read(
        _ value: JSONElement, _ context: DocumentReader.Context, into reader: inout DocumentReader, _ places: inout [String: Int]
    ) throws(DocumentParsingError) {
        if value.isNull { return }
        if let array = value.array, keepsGreatest {
            for element in array { try read(element, context, into: &reader, &places) }
            return
        }
        guard let members = value.object else { throw malformed(value, context, .notFeatures(type: type)) }
        // A vector without tokens is there all the same.
        if keepsGreatest { reader.result.fieldNames.insert(context.path) }
        for (name, weight) in members {
            if weight.isNull { continue }
            if name.contains("."), keepsGreatest { throw malformed(value, context, .dottedFeature(name, type: type)) }
            guard let scalar = ScalarValue(weight) else { throw malformed(value, context, .notAFeature(name, type: type)) }
            let found: Float
            do {
                found = try FeatureWeight.read(scalar, field: context.path, isPositive: isPositive)
            } catch {
                throw malformed(value, context, error)
            }
            if let index = places[name] {
                guard keepsGreatest else {
                    throw malformed(value, context, .severalFeatures(type: type, field: context.path, feature: name))
                }
                reader.result.features[index].weight = max(found, reader.result.features[index].weight)
            } else {
                places[name] = reader.result.features.count
                reader.result.features.append(.init(field: context.path, name: name, weight: found))
            }
            reader.result.fieldNames.insert(context.path)
        }
    }

    private func malformed(_ value: JSONElement, _ context: DocumentReader.Context, _ cause: ValueError) -> DocumentParsingError {
        .malformedValue(field: context.path, type: type, preview: DocumentReader.preview(value), cause: cause)
    }
}
