internal import JSON

extension FieldType {
    /// The typed form of a field's canonical parameters.
    init(name: String, values: [String: JSONValue], field: String) throws(MappingError) {
        switch name {
        case "keyword":
            var options = KeywordOptions()
            if case .int(let limit) = values["ignore_above"] {
                guard limit >= 0 else { throw .negativeLimit(limit, field: field) }
                options.ignoreAbove = limit
            }
            self = .keyword(options)
        case "text": self = .text
        case "long": self = .number(.long)
        case "integer": self = .number(.integer)
        case "short": self = .number(.short)
        case "byte": self = .number(.byte)
        case "unsigned_long": self = .number(.unsignedLong)
        case "double": self = .number(.double)
        case "float": self = .number(.float)
        case "half_float": self = .number(.halfFloat)
        case "scaled_float":
            guard case .double(let factor) = values["scaling_factor"] else {
                throw .missingParameter(name: "scaling_factor", field: field)
            }
            guard factor > 0 else {
                throw .malformedParameter(
                    name: "scaling_factor", field: field, value: .double(factor), expected: .number)
            }
            self = .number(.scaledFloat(factor: factor))
        case "boolean": self = .boolean
        case "date":
            let pattern = values["format"]?.string ?? DateFormat.defaultPattern
            guard let format = DateFormat(pattern) else { throw .invalidDateFormat(pattern, field: field) }
            self = .date(format)
        case "geo_point": self = .geoPoint
        case "dense_vector": self = .denseVector(try DenseVectorOptions(values: values, field: field))
        default:
            guard let entry = TypeRegistry.entries[name] else { throw .unknownType(name, field: field) }
            self = .served(ServedType(try entry.make(values, field)))
        }
    }
}

extension DenseVectorOptions {
    init(values: [String: JSONValue], field: String) throws(MappingError) {
        let typeName = values["element_type"]?.string ?? VectorElementType.float.rawValue
        guard let elementType = VectorElementType(rawValue: typeName) else {
            throw .unknownElementType(typeName, field: field)
        }
        self.init(elementType: elementType)
        if case .int(let count) = values["dims"] {
            guard elementType.dimensionsRange.contains(count) else {
                throw .dimensionsOutOfRange(count, elementType, field: field)
            }
            guard count % elementType.dimensionsPerComponent == 0 else {
                throw .dimensionsNotWholeBytes(count, field: field)
            }
            dimensions = count
        }
        isIndexed = values["index"] != .bool(false)
        for name in ["similarity", "index_options"] where !isIndexed && values[name] != nil {
            throw .requiresIndexedVector(parameter: name, field: field)
        }
        if let given = values["similarity"]?.string.flatMap(VectorSimilarity.init(rawValue:)) {
            guard elementType != .bit || given == .l2Norm else { throw .unsupportedBitSimilarity(field: field) }
            similarity = given
        }
        if let options = values["index_options"]?.object {
            explicitIndexOptions = try VectorIndexOptions(members: options, field: field)
        }
        if let type = explicitIndexOptions?.type, !type.supports(elementType) {
            throw .unsupportedElementType(elementType, indexType: type.rawValue, field: field)
        }
        try validateDimensions(field: field)
    }

    /// Checks that the quantisation asked for can work on this many dimensions.
    func validateDimensions(field: String) throws(MappingError) {
        guard let dimensions, let type = explicitIndexOptions?.type else { return }
        if type.quantization == .int4, dimensions % 2 != 0 {
            throw .oddDimensions(dimensions, indexType: type.rawValue, field: field)
        }
        if type.hasMinimumDimensions, dimensions < Self.binaryQuantizationMinimum {
            throw .tooFewDimensions(
                dimensions, minimum: Self.binaryQuantizationMinimum, indexType: type.rawValue, field: field)
        }
    }
}
