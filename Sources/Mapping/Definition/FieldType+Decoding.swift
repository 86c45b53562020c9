internal import JSON

extension FieldType {
    /// The typed form of a field's canonical parameters.
    init(name: String, values: [String: JSONValue], field: String) throws(MappingError) {
        switch name {
        case "keyword":
            var options = KeywordOptions()
            if case .int(let limit) = values["ignore_above"] { options.ignoreAbove = limit }
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
        default: throw .unknownType(name, field: field)
        }
    }
}

extension DenseVectorOptions {
    init(values: [String: JSONValue], field: String) throws(MappingError) {
        self.init()
        if let elementType = values["element_type"]?.string, elementType != "float" {
            throw .unsupportedElementType(elementType, field: field)
        }
        if case .int(let count) = values["dims"] {
            guard (1...Self.maximumDimensions).contains(count) else { throw .dimensionsOutOfRange(count, field: field) }
            dimensions = count
        }
        isIndexed = values["index"] != .bool(false)
        for name in ["similarity", "index_options"] where !isIndexed && values[name] != nil {
            throw .requiresIndexedVector(parameter: name, field: field)
        }
        similarity = values["similarity"]?.string.flatMap(VectorSimilarity.init(rawValue:)) ?? .cosine
        if let options = values["index_options"]?.object {
            explicitIndexOptions = try VectorIndexOptions(members: options, field: field)
        }
        try validateDimensions(field: field)
    }

    /// Checks that the quantisation asked for can work on this many dimensions.
    func validateDimensions(field: String) throws(MappingError) {
        guard let dimensions, let type = explicitIndexOptions?.type else { return }
        if type.isHalfByte, dimensions % 2 != 0 {
            throw .oddDimensions(dimensions, indexType: type.rawValue, field: field)
        }
        if type.isBinary, dimensions < Self.binaryQuantizationMinimum {
            throw .tooFewDimensions(
                dimensions, minimum: Self.binaryQuantizationMinimum, indexType: type.rawValue, field: field)
        }
    }
}

extension VectorIndexOptions {
    init(members: JSONMembers, field: String) throws(MappingError) {
        guard let typeName = members["type"]?.string else {
            throw .missingParameter(name: "index_options", field: field)
        }
        guard let type = IndexType(rawValue: typeName) else { throw .unknownVectorIndexType(typeName, field: field) }
        self.init(type: type)
        if type.isBinary { oversample = 3 }
        for member in members {
            switch member.key {
            case "type": break
            case "m" where type.isGraph: links = try member.value.positiveInteger("m", field, upTo: 512)
            case "ef_construction" where type.isGraph:
                constructionCandidates = try member.value.positiveInteger("ef_construction", field, upTo: 3200)
            case "confidence_interval" where type.hasConfidenceInterval:
                let value = member.value.number
                guard let value, value == 0 || (0.9...1).contains(value) else {
                    throw .malformedParameter(
                        name: member.key, field: field, value: member.value, expected: .number)
                }
                confidenceInterval = value
            case "rescore_vector" where type != .flat && type != .hnsw:
                guard let rescore = member.value.object, rescore.count == 1,
                    let value = rescore["oversample"]?.number, value == 0 || (1...10).contains(value)
                else {
                    throw .malformedParameter(name: member.key, field: field, value: member.value, expected: .object)
                }
                oversample = value
            default: throw .unknownIndexOption(name: member.key, field: field, value: member.value)
            }
        }
    }
}

extension JSONValue {
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value): value
        case .string(let text): Double(text)
        case .null, .bool, .unsigned, .float, .array, .floats, .object, .raw: nil
        }
    }

    fileprivate func positiveInteger(_ name: String, _ field: String, upTo limit: Int) throws(MappingError) -> Int {
        guard let value = number.flatMap({ Int(exactly: $0) }), (1...limit).contains(value) else {
            throw .malformedParameter(name: name, field: field, value: self, expected: .integer)
        }
        return value
    }
}
